package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a column takes a value: its type, its domain's constraints, its own, and the table's that
 * are about this column alone. Nothing is written. Within a transaction.
 */
final class StandInTrial {
  private static final String CONSTRAINT = "23";

  private final Connection connection;

  StandInTrial(Connection connection) {
    this.connection = connection;
  }

  /** A column, and what is to be tried with it. */
  private record Column(String type, int number, boolean notNull) {}

  /**
   * Why the column does not take the value; empty where it does, and for a column that is not
   * there.
   *
   * @param text of the value; empty for null
   */
  Optional<String> refusal(QualifiedName table, String column, Optional<String> text)
      throws SQLException {
    List<Column> found =
        Sql.list(
            connection,
            """
            SELECT format_type(atttypid, atttypmod), attnum, attnotnull
            FROM pg_catalog.pg_attribute
            WHERE attrelid = %s AND attname = %s AND NOT attisdropped
            """
                .formatted(oid(table), Identifiers.literal(column)),
            row -> new Column(row.getString(1), row.getInt(2), row.getBoolean(3)));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Column tried = found.getFirst();
    if (text.isEmpty() && tried.notNull()) {
      return Optional.of("it must not be null, and its type has no value that nobody could use");
    }
    String value =
        "CAST(" + text.map(Identifiers::literal).orElse("NULL") + " AS " + tried.type() + ")";
    Optional<String> byType = failure(() -> Sql.execute(connection, "SELECT " + value));
    if (byType.isPresent()) {
      return Optional.of(
          byType.get().startsWith(CONSTRAINT)
              ? "its type's constraints refuse what would stand there"
              : "its type has no value that nobody could use");
    }
    return byChecks(table, column, tried, value);
  }

  private static String oid(QualifiedName table) {
    return Identifiers.literal(table.sql()) + "::pg_catalog.regclass";
  }

  private Optional<String> byChecks(QualifiedName table, String column, Column tried, String value)
      throws SQLException {
    record Check(String name, String expression) {}
    List<Check> checks =
        Sql.list(
            connection,
            """
            SELECT conname, pg_catalog.pg_get_expr(conbin, conrelid) FROM pg_catalog.pg_constraint
            WHERE conrelid = %s AND contype = 'c' AND conkey = ARRAY[%d]::int2[]
            """
                .formatted(oid(table), tried.number()),
            row -> new Check(row.getString(1), row.getString(2)));
    for (Check check : checks) {
      String refuses =
          "SELECT (%s) IS FALSE FROM (SELECT %s AS %s) AS tried"
              .formatted(check.expression(), value, Identifiers.quote(column));
      boolean[] refused = {true};
      if (failure(() -> refused[0] = Sql.truth(connection, refuses)).isPresent() || refused[0]) {
        return Optional.of("the constraint " + check.name() + " refuses what would stand there");
      }
    }
    return Optional.empty();
  }

  private interface Question {
    void ask() throws SQLException;
  }

  /** The SQLSTATE with which a question fails. */
  private Optional<String> failure(Question question) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      question.ask();
      connection.releaseSavepoint(before);
      return Optional.empty();
    } catch (SQLException failure) {
      String state = Objects.requireNonNullElse(failure.getSQLState(), "");
      if (state.startsWith("08")) {
        throw failure;
      }
      connection.rollback(before);
      return Optional.of(state);
    }
  }
}
