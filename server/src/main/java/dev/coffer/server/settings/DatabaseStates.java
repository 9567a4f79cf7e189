package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.write.PrivilegeCheck;
import dev.coffer.server.ServerSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Looks at the protected databases, one request at a time for each, and remembers what it saw. */
@Component
class DatabaseStates {
  private static final Duration FRESH = Duration.ofMinutes(1);
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration ANSWER = Duration.ofSeconds(20);
  private static final Duration STATEMENT = Duration.ofSeconds(15);

  private final ServerSettings settings;
  private final InstantSource clock;
  private final Map<String, DatabaseState> known = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> looking = new ConcurrentHashMap<>();

  DatabaseStates(ServerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The protected database of that id.
   *
   * @throws CofferException {@code USAGE} where there is none
   */
  ConnectionSettings database(String id) {
    return settings.databases().stream()
        .filter(database -> ServerSettings.idOf(database).equals(id))
        .findFirst()
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.USAGE,
                "no protected database has that id",
                "GET /api/v1/settings lists them."));
  }

  /** What the server for trials says of its role, if another than Coffer's own is used. */
  Optional<DatabaseState> trials() {
    return settings
        .proofServer()
        .map(server -> {
          String key = "trials on " + ServerSettings.idOf(server);
          return seen(key).orElseGet(() -> look(key, server));
        });
  }

  /** What was seen within the last minute, without asking. */
  Optional<DatabaseState> seen(String id) {
    return Optional.ofNullable(known.get(id))
        .filter(state -> state.at().plus(FRESH).isAfter(clock.instant()));
  }

  /** What was seen within the last minute, or is seen now. */
  DatabaseState recent(String id) {
    return seen(id).orElseGet(() -> look(id));
  }

  /** What is seen now; where somebody else is looking already, what they saw before. */
  DatabaseState look(String id) {
    return look(id, database(id));
  }

  private DatabaseState look(String id, ConnectionSettings database) {
    ReentrantLock lock = looking.computeIfAbsent(id, any -> new ReentrantLock());
    if (!lock.tryLock()) {
      return known.getOrDefault(
          id,
          DatabaseState.failed(
              clock.instant(), "it is being asked, and has not answered yet", "Try again soon."));
    }
    try {
      DatabaseState state = ask(database);
      known.put(id, state);
      return state;
    } finally {
      lock.unlock();
    }
  }

  private DatabaseState ask(ConnectionSettings database) {
    try {
      PrivilegeCheck privileges = PrivilegeCheck.of(database.impatient(CONNECT, ANSWER), STATEMENT);
      return DatabaseState.of(now(), privileges);
    } catch (CofferException failure) {
      return DatabaseState.failed(now(), failure.fact(), failure.hint());
    }
  }

  private Instant now() {
    return clock.instant();
  }
}
