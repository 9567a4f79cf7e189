package dev.coffer.portal.communications;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Asks PostgreSQL's catalog what exists in the portal's schema. */
record Catalog(Connection connection, String schema) {

  /** The schema in which an unqualified {@code sales} is found, if there is one. */
  static Optional<String> schemaOfSales(Connection connection) throws SQLException {
    String query =
        """
        SELECT n.nspname FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = to_regclass('sales') AND c.relkind IN ('r', 'p')
        """;
    return texts(connection, query).stream().findFirst();
  }

  Set<String> tables() throws SQLException {
    String query =
        """
        SELECT c.relname FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relkind IN ('r', 'p')
        """;
    return new TreeSet<>(texts(connection, query, schema));
  }

  boolean has(Step step) throws SQLException {
    String query =
        switch (step.kind()) {
          case "constraint" ->
              """
              SELECT 'yes' FROM pg_catalog.pg_constraint o
              JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND o.conname = ? AND c.relname = ?
              """;
          case "trigger" ->
              """
              SELECT 'yes' FROM pg_catalog.pg_trigger o
              JOIN pg_catalog.pg_class c ON c.oid = o.tgrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND o.tgname = ? AND c.relname = ?
              """;
          case "function" ->
              """
              SELECT 'yes' FROM pg_catalog.pg_proc o
              JOIN pg_catalog.pg_namespace n ON n.oid = o.pronamespace
              WHERE n.nspname = ? AND o.proname = ? AND o.pronargs = 0 AND ? = ''
              """;
          default ->
              """
              SELECT 'yes' FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname = ? AND c.relname = ? AND ? = ''
              """;
        };
    return !texts(connection, query, schema, step.name(), step.on()).isEmpty();
  }

  /** The columns of a table or view. */
  Set<String> columns(String relation) throws SQLException {
    String query =
        """
        SELECT a.attname FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND a.attnum > 0 AND NOT a.attisdropped
        """;
    return new TreeSet<>(texts(connection, query, schema, relation));
  }

  /** The tables of the same schema that a view reads. */
  Set<String> tablesRead(String view) throws SQLException {
    String query =
        """
        SELECT DISTINCT t.relname FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
        JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
        JOIN pg_catalog.pg_namespace n ON n.oid = v.relnamespace
        JOIN pg_catalog.pg_class t ON t.oid = d.refobjid AND t.relnamespace = n.oid
        WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass
          AND d.refclassid = 'pg_catalog.pg_class'::regclass
          AND t.oid <> v.oid AND n.nspname = ? AND v.relname = ?
        """;
    return new TreeSet<>(texts(connection, query, schema, view));
  }

  private static List<String> texts(Connection connection, String query, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    }
  }
}
