package dev.coffer.server.state;

import com.zaxxer.hikari.HikariDataSource;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.flywaydb.core.Flyway;

/**
 * The state's database: a file of H2's below {@code COFFER_HOME}, or a PostgreSQL. Never the
 * database that is protected, or a restore would take back the audit trail.
 */
final class StateDatabase {
  private static final int CONNECTIONS = 8;

  /** Whoever waits for a page is told after that long that the state does not answer. */
  private static final long PATIENCE_MILLIS = 5_000;

  private StateDatabase() {}

  /**
   * Opens it, with the tables of this version.
   *
   * @throws CofferException when there is no place for it
   */
  static HikariDataSource open(ServerSettings settings) {
    HikariDataSource pool = pool(settings);
    try {
      Flyway.configure()
          .dataSource(pool)
          .locations("classpath:dev/coffer/server/state")
          .validateMigrationNaming(true)
          .load()
          .migrate();
      return pool;
    } catch (RuntimeException | Error failure) {
      pool.close();
      throw failure;
    }
  }

  private static HikariDataSource pool(ServerSettings settings) {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName("state");
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(PATIENCE_MILLIS);
    if (settings.state().isPresent()) {
      ConnectionSettings state = settings.state().get();
      refuseProtected(state, settings);
      pool.setDataSource(state.dataSource("coffer state"));
    } else {
      pool.setJdbcUrl(file(settings.cofferHome()));
      pool.setUsername("coffer");
      pool.setPassword("");
    }
    return pool;
  }

  private static void refuseProtected(ConnectionSettings state, ServerSettings settings) {
    boolean same =
        settings.database().stream()
            .anyMatch(database ->
                database.address().equals(state.address())
                    && database.database().equals(state.database()));
    if (same) {
      throw new CofferException(
          ErrorCode.USAGE,
          "COFFER_STATE_URL names the database that is protected: " + state,
          "Give the state a database of its own: a restore would overwrite it.");
    }
  }

  private static String file(Path home) {
    Path folder = home.resolve("state").toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(home);
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException failure) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "the folder for the state cannot be made: " + folder,
          "Check the owner and the permissions of " + home + ", or set COFFER_HOME.",
          failure);
    }
    // A thread that is interrupted closes a plain file for all others; not so one of H2's "async:".
    return "jdbc:h2:async:"
        + folder.resolve("coffer")
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
        + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";
  }
}
