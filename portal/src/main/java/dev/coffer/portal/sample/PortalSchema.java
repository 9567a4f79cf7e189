package dev.coffer.portal.sample;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The portal's tables by Flyway, in two halves: tables, then keys. Flyway's own history table is
 * dropped at the end. The real portal was migrated by Prisma and has no such table; left behind it
 * would be backed up, counted and shown as an unknown table. The price is that nothing can be
 * migrated twice: a database that has tables is refused.
 */
final class PortalSchema {
  private static final String HISTORY = "coffer_sample_history";

  private PortalSchema() {}

  /** Types and tables without keys, in a database without tables. */
  static void tables(DataSource database) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                """
                SELECT current_database(), count(*) FROM pg_catalog.pg_tables
                WHERE schemaname <> 'information_schema' AND schemaname !~ '^pg_'
                """)) {
      found.next();
      if (found.getLong(2) > 0) {
        throw new CofferException(
            ErrorCode.TARGET_EXISTS,
            "The database " + found.getString(1) + " has tables already: " + found.getLong(2) + ".",
            "A sample portal goes into an empty database; create one with createdb.");
      }
    } catch (SQLException e) {
      throw failed("The database could not be looked at.", e);
    }
    migrate(database, "1");
  }

  /** Keys and indexes, after which Flyway's history is dropped. */
  static void keys(DataSource database) {
    migrate(database, "2");
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE public." + HISTORY);
    } catch (SQLException e) {
      throw failed("Flyway's history could not be dropped.", e);
    }
  }

  static CofferException failed(String fact, @Nullable Throwable cause) {
    return new CofferException(
        ErrorCode.DATABASE_FAILED,
        fact,
        "Drop the database, make it anew and see the server's log for the reason.",
        cause);
  }

  private static void migrate(DataSource database, String target) {
    try {
      Flyway.configure()
          .dataSource(database)
          .locations("classpath:dev/coffer/portal/sample/migration")
          .defaultSchema("public")
          .table(HISTORY)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .loggers("slf4j")
          .target(target)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw failed("The tables of the sample portal could not be created.", e);
    }
  }
}
