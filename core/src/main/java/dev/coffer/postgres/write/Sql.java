package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Short ways to run a statement. */
final class Sql {

  /** Reads one row of an answer. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private Sql() {}

  static long execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return Math.max(statement.getLargeUpdateCount(), 0);
    }
  }

  static <T> List<T> list(Connection connection, String sql, RowReader<T> reader)
      throws SQLException {
    List<T> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(reader.read(row));
      }
    }
    return found;
  }

  static <T> T one(Connection connection, String sql, RowReader<T> reader) throws SQLException {
    return list(connection, sql, reader).getFirst();
  }

  /** Runs one or more statements; answers what the server warned of. */
  static List<String> warned(Connection connection, String sql) throws SQLException {
    List<String> warnings = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
      for (SQLWarning warning = statement.getWarnings();
          warning != null;
          warning = warning.getNextWarning()) {
        warnings.add(String.valueOf(warning.getMessage()));
      }
    }
    return warnings;
  }

  static long number(Connection connection, String sql) throws SQLException {
    return one(connection, sql, row -> row.getLong(1));
  }

  static boolean truth(Connection connection, String sql) throws SQLException {
    return one(connection, sql, row -> row.getBoolean(1));
  }

  /** An array of {@code text} as a list. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  /** {@code ARRAY[…]::oid[]} of these. */
  static String oids(Collection<Long> oids) {
    return oids.stream().map(String::valueOf).collect(Collectors.joining(",", "'{", "}'::oid[]"));
  }

  static String columns(List<String> names, String alias) {
    return names.stream()
        .map(name -> alias + "." + Identifiers.quote(name))
        .collect(Collectors.joining(", "));
  }
}
