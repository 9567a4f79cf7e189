package dev.coffer.postgres.read;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.model.Identifiers;
import dev.coffer.model.Table;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads the rows of a table that have certain values, by COPY in text format, through an index
 * where there is one.
 */
public final class KeyedReader {
  /** Keys in one statement. */
  private static final int BATCH = 1000;

  private static final Pattern MODIFIER = Pattern.compile("\\(\\d+(,-?\\d+)?\\)");

  private KeyedReader() {}

  /**
   * Reads the rows whose columns have the values of one of the keys, each row once for each batch
   * of a thousand keys that it fits, which for keys that differ means once.
   *
   * @param by names of columns
   * @param keys PostgreSQL's texts for these columns' values, none of them null
   * @throws CofferException {@code SCHEMA_DIFFERS} where a text is none of the column's type, or
   *     with a code of the {@code DATABASE_} family
   */
  public static void read(
      SharedSnapshot snapshot,
      int reader,
      Table table,
      List<String> by,
      Collection<List<String>> keys,
      RangeReader.RowSink sink)
      throws IOException, InterruptedException {
    List<List<String>> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += BATCH) {
      List<List<String>> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      Connection connection = snapshot.reader(reader);
      read(connection, table, statement(connection, table, by, batch), sink);
    }
  }

  private static void read(
      Connection connection, Table table, String statement, RangeReader.RowSink sink)
      throws IOException, InterruptedException {
    try {
      CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
      boolean complete = false;
      try {
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
          sink.row(row);
        }
        complete = true;
      } finally {
        if (!complete && copy.isActive()) {
          connection.abort(Runnable::run);
        }
      }
    } catch (SQLException failure) {
      throw told(failure, table);
    }
  }

  private static CofferException told(SQLException failure, Table table) {
    String state = Objects.requireNonNullElse(failure.getSQLState(), "");
    if (state.startsWith("22") || state.equals("42883")) {
      return new CofferException(
          ErrorCode.SCHEMA_DIFFERS,
          "table "
              + table.name().sql()
              + ": its columns are of other types than the values to look for (SQLSTATE "
              + state
              + ")",
          "Compare the types of its keys with those in the backup: coffer compare shows them.",
          failure);
    }
    return SqlErrors.translate(failure, "cannot read table " + table.name().sql());
  }

  private static String statement(
      Connection connection, Table table, List<String> by, List<List<String>> keys) {
    List<Column> columns = by.stream().map(name -> column(table, name)).toList();
    List<String> operators = columns.stream().map(column -> equals(connection, column)).toList();
    String selected =
        table.storedColumns().stream()
            .map(column -> "t." + Identifiers.quote(column.name()))
            .collect(Collectors.joining(", "));
    String values = keys.stream().map(key -> row(columns, key)).collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, by.size()).mapToObj(i -> "k" + i).collect(Collectors.joining(", "));
    String equal =
        IntStream.range(0, by.size())
            .mapToObj(i -> "t." + Identifiers.quote(by.get(i)) + operators.get(i) + "v.k" + i)
            .collect(Collectors.joining(" AND "));
    return "COPY (SELECT %s FROM ONLY %s t WHERE EXISTS (SELECT FROM (VALUES %s) v (%s) WHERE %s)) TO STDOUT"
        .formatted(selected, table.name().sql(), values, names, equal);
  }

  private static String row(List<Column> columns, List<String> key) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> Identifiers.literal(key.get(i)) + "::" + type(columns.get(i)))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The column's type without a length, to which a longer text would be cut. */
  private static String type(Column column) {
    String type = column.type();
    if (type.startsWith("character(")) {
      return "pg_catalog.bpchar";
    }
    return type.startsWith("bit(") ? type : MODIFIER.matcher(type).replaceFirst("");
  }

  /** With an empty search path, an extension's operators are found only by their schema. */
  private static String equals(Connection connection, Column column) {
    if (column.type().indexOf('.') < 0) {
      return " = ";
    }
    try {
      return " " + ServerEquality.operator(connection, type(column)) + " ";
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot read the operators of type " + column.type());
    }
  }

  private static Column column(Table table, String name) {
    return table.storedColumns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
