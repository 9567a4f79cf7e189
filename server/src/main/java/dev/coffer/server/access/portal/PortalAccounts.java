package dev.coffer.server.access.portal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.AccountTable;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.access.portal.PortalAnswer.Unavailable;
import dev.coffer.server.access.portal.PortalAnswer.Unknown;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks the protected applications' databases for their users, and never waits long: few ask at a
 * time, and one that does not answer is left alone for a while.
 */
@Component
public class PortalAccounts {
  private static final Logger LOG = LoggerFactory.getLogger(PortalAccounts.class);
  private static final int AT_A_TIME = 4;
  private static final long PATIENCE_MILLIS = 1000;
  private static final Duration REST = Duration.ofSeconds(5);

  private final ServerSettings settings;
  private final PortalSignIn signIn;
  private final InstantSource clock;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);
  private final Map<String, Instant> silentSince = new ConcurrentHashMap<>();

  PortalAccounts(ServerSettings settings, PortalSignIn signIn, InstantSource clock) {
    this.settings = settings;
    this.signIn = signIn;
    this.clock = clock;
  }

  /** Who has that name, in the first of the applications that know it and may be asked. */
  public PortalAnswer find(String name) {
    PortalAnswer answer = new Unknown();
    for (String database : signIn.databases()) {
      PortalAnswer here = find(database, name);
      if (here instanceof PortalAnswer.Known) {
        return here;
      }
      if (here instanceof Unavailable) {
        answer = here;
      }
    }
    return answer;
  }

  /** The same in one of them, whether or not it may be asked. */
  public PortalAnswer find(String database, String name) {
    return settings.databases().stream()
        .filter(known -> ServerSettings.idOf(known).equals(database))
        .findFirst()
        .map(known -> inTurn(database, known, name))
        .orElseGet(Unknown::new);
  }

  /**
   * Where a protected database has its users; empty where no profile says so.
   *
   * @throws CofferException with a code of the {@code DATABASE_} family
   */
  public Optional<AccountTable> table(ConnectionSettings database) {
    try (PortalQuery query = PortalQuery.open(database)) {
      return query.table();
    } catch (SQLException failure) {
      throw new CofferException(
          ErrorCode.DATABASE_FAILED,
          "the tables of " + database.address() + " cannot be listed",
          "Try again.",
          failure);
    }
  }

  private PortalAnswer inTurn(String database, ConnectionSettings connection, String name) {
    if (silentSince.getOrDefault(database, Instant.MIN).plus(REST).isAfter(clock.instant())) {
      return new Unavailable();
    }
    try {
      if (!turns.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        return new Unavailable();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Unavailable();
    }
    try {
      return ask(database, connection, name);
    } finally {
      turns.release();
    }
  }

  private PortalAnswer ask(String database, ConnectionSettings connection, String name) {
    try (PortalQuery query = PortalQuery.open(connection)) {
      PortalAnswer answer =
          query
              .find(database, name)
              .<PortalAnswer>map(PortalAnswer.Known::new)
              .orElseGet(Unknown::new);
      silentSince.remove(database);
      return answer;
    } catch (CofferException failure) {
      LOG.warn("Users of {} cannot be looked up: {}", database, failure.fact());
    } catch (SQLException failure) {
      LOG.warn("Users of {} cannot be looked up: SQLSTATE {}", database, failure.getSQLState());
    }
    silentSince.put(database, clock.instant());
    return new Unavailable();
  }
}
