package dev.coffer.postgres;

import dev.coffer.model.DatabaseOrigin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Asks a server which database this is. */
public final class Origins {
  private Origins() {}

  /** The connection's database; empty where its role may not read the cluster's identifier. */
  public static Optional<DatabaseOrigin> of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // In one query the server would check the right to call it in any case.
      try (ResultSet allowed =
          statement.executeQuery(
              "SELECT pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')")) {
        if (!allowed.next() || !allowed.getBoolean(1)) {
          return Optional.empty();
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT c.system_identifier::text, d.oid FROM pg_catalog.pg_control_system() c,"
                  + " pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()")) {
        return row.next()
            ? Optional.of(new DatabaseOrigin(row.getString(1), row.getLong(2)))
            : Optional.empty();
      }
    }
  }
}
