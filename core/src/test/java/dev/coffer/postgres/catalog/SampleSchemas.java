package dev.coffer.postgres.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.SchemaStatement;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;

/** Schemas to capture, and what is done with them: read, and built again elsewhere. */
public final class SampleSchemas {
  private SampleSchemas() {}

  /** A file on the class path, from a jar or from this package. */
  public static String resource(String path) {
    try (InputStream input = SampleSchemas.class.getResourceAsStream(path)) {
      if (input == null) {
        throw new AssertionError("not on the class path: " + path);
      }
      return new String(input.readAllBytes(), UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Every feature that the server's release has. */
  public static void loadTorture(TestDatabase database) {
    // Roles belong to the server, which other tests use at the same time.
    database.execute(
        """
        DO $$ DECLARE role text; BEGIN
          PERFORM pg_advisory_xact_lock(4711);
          FOREACH role IN ARRAY ARRAY['coffer_owner', 'coffer_reader', 'Coffer "Odd" Role'] LOOP
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
              EXECUTE format('CREATE ROLE %I', role);
            END IF;
          END LOOP;
        END $$
        """);
    int release = Integer.parseInt(database.value("SHOW server_version_num")) / 10000;
    Psql.run(database, resource("torture.sql")).check();
    IntStream.of(14, 15, 17, 18)
        .filter(since -> since <= release)
        .forEach(since -> Psql.run(database, resource("torture-" + since + ".sql")).check());
  }

  static DatabaseSchema read(TestDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return read(connection);
    }
  }

  static DatabaseSchema read(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return CatalogReader.read(connection);
  }

  /** Runs all statements in one transaction, as a restore does. */
  static void build(TestDatabase database, DatabaseSchema schema) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setEscapeProcessing(false);
      for (SchemaStatement step : schema.statements()) {
        try {
          statement.execute(step.sql());
        } catch (SQLException failure) {
          throw new AssertionError(step.kind() + " " + step.name() + ": " + step.sql(), failure);
        }
      }
      connection.commit();
    }
  }
}
