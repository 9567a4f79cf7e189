package dev.coffer.server.state;

import com.zaxxer.hikari.HikariDataSource;
import dev.coffer.error.CofferException;
import dev.coffer.server.ServerSettings;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;

/**
 * The state's database on its way. A thread opens it while the server's other parts are looked for:
 * either takes a good part of a start. For the thread that starts the server.
 */
public final class OpeningState {
  private final ServerSettings settings;
  private Optional<CompletableFuture<HikariDataSource>> pool = Optional.empty();

  public OpeningState(ServerSettings settings) {
    this.settings = settings;
  }

  /** Not before it is settled what is logged. */
  public void begin() {
    pool =
        Optional.of(
            CompletableFuture.supplyAsync(
                () -> StateDatabase.open(settings),
                opening -> Thread.ofPlatform().name("state").start(opening)));
  }

  /**
   * The database with its tables. Whoever asked closes it.
   *
   * @throws CofferException when there is no place for it
   */
  DataSource await() {
    try {
      return pool.orElseThrow().join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  /** Closes it, for a start that failed, perhaps before anybody asked. */
  public void abandon() {
    pool.ifPresent(opening -> {
      try {
        opening.join().close();
      } catch (CompletionException neverOpened) {
        // Whoever waited for it was told.
      }
    });
  }
}
