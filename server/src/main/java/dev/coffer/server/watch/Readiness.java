package dev.coffer.server.watch;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.backups.DatabaseCheck;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Whether the server can work. Anybody may ask, so it tells no more than that, asks the state's
 * database once for all who ask at a time, and waits for it no longer than a moment.
 */
@Component
class Readiness {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final long PATIENCE_MILLIS = 2000;

  private final ServerSettings settings;
  private final JdbcClient state;
  private final DatabaseCheck database;
  private final InstantSource clock;
  private Instant askedAt = Instant.EPOCH;
  private CompletableFuture<Boolean> asking = CompletableFuture.completedFuture(false);

  Readiness(
      ServerSettings settings, JdbcClient state, DatabaseCheck database, InstantSource clock) {
    this.settings = settings;
    this.state = state;
    this.database = database;
    this.clock = clock;
  }

  /**
   * What can be used: {@code up} or {@code down}.
   *
   * @param state Coffer's own
   * @param backups the folder, to read and to write
   * @param database the protected one, on which readiness does not depend: {@code unset} where
   *     nobody has said which it is
   */
  record Ready(String status, String state, String backups, String database) {
    @JsonIgnore
    boolean ready() {
      return status.equals("up");
    }
  }

  Ready answer() {
    boolean stateUp = stateAnswers();
    boolean folderUp =
        Files.isDirectory(settings.backups())
            && Files.isReadable(settings.backups())
            && Files.isWritable(settings.backups());
    String protectedUp =
        settings.database().isEmpty() ? "unset" : word(database.problem().isEmpty());
    return new Ready(word(stateUp && folderUp), word(stateUp), word(folderUp), protectedUp);
  }

  private static String word(boolean up) {
    return up ? "up" : "down";
  }

  private boolean stateAnswers() {
    try {
      return ask().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException down) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized CompletableFuture<Boolean> ask() {
    Instant now = clock.instant();
    if (asking.isDone() && askedAt.plus(FRESH).isBefore(now)) {
      askedAt = now;
      CompletableFuture<Boolean> answer = new CompletableFuture<>();
      asking = answer;
      Thread.ofPlatform()
          .daemon()
          .name("readiness")
          .start(() -> {
            try {
              answer.complete(state.sql("SELECT 1").query(Integer.class).single() == 1);
            } catch (RuntimeException down) {
              answer.complete(false);
            }
          });
    }
    return asking;
  }
}
