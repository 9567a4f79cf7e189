package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.model.DatabaseOrigin;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.Origins;
import dev.coffer.server.ServerSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Whether the protected database answers. Pages do not wait for it: they show what is known, which
 * is asked for anew behind them.
 */
@Component
public class DatabaseCheck {
  private static final Duration FRESH = Duration.ofSeconds(20);
  private static final long FIRST_PATIENCE_MILLIS = 1500;

  private final ServerSettings settings;
  private final InstantSource clock;
  private Instant askedAt = Instant.EPOCH;
  private CompletableFuture<Optional<String>> asking;
  private volatile Optional<String> known = Optional.empty();
  private volatile Optional<DatabaseOrigin> origin = Optional.empty();

  DatabaseCheck(ServerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    asking = CompletableFuture.completedFuture(known);
  }

  /** Why the database cannot be used now; empty when it answers. */
  public Optional<String> problem() {
    boolean first = ask();
    if (first) {
      try {
        return asking().get(FIRST_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException slow) {
        return Optional.of("it has not answered yet");
      } catch (ExecutionException impossible) {
        throw new IllegalStateException(impossible);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return known;
  }

  /** Which database it is, as it last said; empty as long as it has not, or must not. */
  public Optional<DatabaseOrigin> origin() {
    var _ = problem();
    return origin;
  }

  private synchronized CompletableFuture<Optional<String>> asking() {
    return asking;
  }

  private synchronized boolean ask() {
    Instant now = clock.instant();
    boolean first = askedAt.equals(Instant.EPOCH);
    if (asking.isDone() && askedAt.plus(FRESH).isBefore(now)) {
      askedAt = now;
      asking = new CompletableFuture<>();
      CompletableFuture<Optional<String>> answer = asking;
      Thread.ofPlatform()
          .daemon()
          .name("database-check")
          .start(() -> {
            known = settings.database().flatMap(this::ask);
            answer.complete(known);
          });
    }
    return first;
  }

  private Optional<String> ask(ConnectionSettings database) {
    try (Connection connection = database.open("coffer server")) {
      if (!connection.isValid(2)) {
        return Optional.of("it does not answer");
      }
      origin = Origins.of(connection);
      return Optional.empty();
    } catch (CofferException failure) {
      return Optional.of(failure.fact());
    } catch (SQLException failure) {
      return Optional.of("the connection failed");
    }
  }
}
