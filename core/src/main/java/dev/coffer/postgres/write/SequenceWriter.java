package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets sequences so that it counts only when the transaction is committed: {@code setval} alone
 * does not wait for that, but {@code ALTER SEQUENCE … RESTART} does, and so does a {@code setval}
 * after it (PostgreSQL manual, "ALTER SEQUENCE").
 */
final class SequenceWriter {
  private final Connection connection;

  SequenceWriter(Connection connection) {
    this.connection = connection;
  }

  /**
   * A sequence that exists, and the column that it fills.
   *
   * @param users tables whose columns take their values from it
   */
  private record Known(
      QualifiedName name,
      boolean upwards,
      Optional<QualifiedName> table,
      String column,
      List<Long> users) {}

  private static final String KNOWN =
      """
      SELECT n.nspname, c.relname, s.seqincrement > 0, tn.nspname, t.relname, a.attname,
        ARRAY(
          SELECT t.oid::int8::text WHERE t.oid IS NOT NULL
          UNION
          SELECT f.adrelid::int8::text FROM pg_catalog.pg_depend u
          JOIN pg_catalog.pg_attrdef f ON f.oid = u.objid
          WHERE u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND u.refobjid = c.oid
            AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) AS users
      FROM pg_catalog.pg_sequence s
      JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid AND c.relpersistence <> 't'
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
        AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
      LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
      LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
      LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
      """;

  /**
   * Sets those that are not as wanted; those that do not exist are passed by.
   *
   * @param exact whether to set them to just what is wanted, rather than only forwards
   * @param touched tables; those that have nothing to do with them are set only when exact
   */
  List<SequenceChange> set(List<SequenceState> wanted, boolean exact, Set<Long> touched)
      throws SQLException {
    Map<QualifiedName, Known> known = new HashMap<>();
    Sql.list(
        connection,
        KNOWN,
        row -> {
          QualifiedName name = new QualifiedName(row.getString(1), row.getString(2));
          Optional<String> table = Optional.ofNullable(row.getString(5));
          known.put(
              name,
              new Known(
                  name,
                  row.getBoolean(3),
                  table.isPresent()
                      ? Optional.of(new QualifiedName(row.getString(4), row.getString(5)))
                      : Optional.empty(),
                  Optional.ofNullable(row.getString(6)).orElse(""),
                  Sql.texts(row, "users").stream().map(Long::valueOf).toList()));
          return name;
        });
    List<SequenceChange> changes = new ArrayList<>();
    for (SequenceState state : wanted) {
      Known sequence = known.get(state.name());
      if (sequence != null && (exact || sequence.users().stream().anyMatch(touched::contains))) {
        change(sequence, state, exact).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private Optional<SequenceChange> change(Known sequence, SequenceState wanted, boolean exact)
      throws SQLException {
    SequenceState current = current(sequence.name());
    SequenceState target = exact ? wanted : further(sequence, current, wanted);
    if (!exact) {
      Optional<SequenceState> highest = highest(sequence);
      target = highest.isPresent() ? further(sequence, target, highest.get()) : target;
    }
    if (target.equals(current)) {
      return Optional.empty();
    }
    Sql.execute(connection, "ALTER SEQUENCE " + sequence.name().sql() + " RESTART");
    Sql.execute(
        connection,
        "SELECT pg_catalog.setval(%s::pg_catalog.regclass, %d, %b)"
            .formatted(
                Identifiers.literal(sequence.name().sql()), target.lastValue(), target.called()));
    return Optional.of(new SequenceChange(current, target));
  }

  SequenceState current(QualifiedName name) throws SQLException {
    return Sql.one(
        connection,
        "SELECT last_value, is_called FROM " + name.sql(),
        row -> new SequenceState(name, row.getLong(1), row.getBoolean(2)));
  }

  private static SequenceState further(Known sequence, SequenceState one, SequenceState other) {
    int order = Long.compare(one.lastValue(), other.lastValue());
    if (!sequence.upwards()) {
      order = -order;
    }
    if (order == 0) {
      return one.called() ? one : other;
    }
    return order > 0 ? one : other;
  }

  /** The outermost value of the column that the sequence fills. */
  private Optional<SequenceState> highest(Known sequence) throws SQLException {
    if (sequence.table().isEmpty()) {
      return Optional.empty();
    }
    String function = sequence.upwards() ? "max" : "min";
    return Sql.one(
        connection,
        "SELECT %s(%s)::text FROM %s"
            .formatted(
                function,
                Identifiers.quote(sequence.column()),
                sequence.table().orElseThrow().sql()),
        row ->
            Optional.ofNullable(row.getString(1))
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(text -> new SequenceState(sequence.name(), Long.parseLong(text), true)));
  }
}
