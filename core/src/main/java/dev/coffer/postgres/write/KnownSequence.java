package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sequence that exists, and who draws from it, as far as the catalog says.
 *
 * @param least and {@code most}: its bounds
 * @param users columns that it belongs to, or whose default draws from it
 */
record KnownSequence(QualifiedName name, long increment, long least, long most, List<User> users) {

  /**
   * A column that takes its values from a sequence.
   *
   * @param table its table's oid
   * @param rows whether it is a column of a table, rather than of a view or a foreign table
   */
  record User(long table, QualifiedName name, String column, boolean rows) {}

  private static final String SEQUENCES =
      """
      SELECT s.seqrelid::int8 AS oid, n.nspname, c.relname, s.seqincrement, s.seqmin, s.seqmax
      FROM pg_catalog.pg_sequence s
      JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid AND c.relpersistence <> 't'
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      """;

  private static final String USERS =
      """
      SELECT x.sequence::int8 AS sequence, t.oid::int8 AS table, n.nspname, t.relname, a.attname,
        t.relkind IN ('r', 'p') AND t.relpersistence <> 't' AS rows
      FROM (
        SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number
        FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
        UNION
        SELECT u.refobjid, f.adrelid, f.adnum
        FROM pg_catalog.pg_depend u JOIN pg_catalog.pg_attrdef f ON f.oid = u.objid
        WHERE u.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
          AND u.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass) x
      JOIN pg_catalog.pg_sequence s ON s.seqrelid = x.sequence
      JOIN pg_catalog.pg_class t ON t.oid = x.relation
      JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.number
      """;

  static Map<QualifiedName, KnownSequence> read(Connection connection) throws SQLException {
    Map<Long, List<User>> users = new HashMap<>();
    Sql.list(
        connection,
        USERS,
        row ->
            users
                .computeIfAbsent(row.getLong("sequence"), any -> new ArrayList<>())
                .add(user(row)));
    Map<QualifiedName, KnownSequence> known = new LinkedHashMap<>();
    Sql.list(
        connection,
        SEQUENCES,
        row -> {
          QualifiedName name = new QualifiedName(row.getString(2), row.getString(3));
          known.put(
              name,
              new KnownSequence(
                  name,
                  row.getLong(4),
                  row.getLong(5),
                  row.getLong(6),
                  users.getOrDefault(row.getLong(1), List.of())));
          return name;
        });
    return known;
  }

  private static User user(ResultSet row) throws SQLException {
    return new User(
        row.getLong("table"),
        new QualifiedName(row.getString("nspname"), row.getString("relname")),
        row.getString("attname"),
        row.getBoolean("rows"));
  }

  /** Whether nothing but rows of these tables draws from it. */
  boolean belongsTo(Set<Long> tables, Links links) {
    return users.stream().allMatch(user -> tables.containsAll(links.leaves(user.table())));
  }

  SequenceState further(SequenceState one, SequenceState other) {
    int order = Long.compare(one.lastValue(), other.lastValue());
    if (increment < 0) {
      order = -order;
    }
    if (order == 0) {
      return one.called() ? one : other;
    }
    return order > 0 ? one : other;
  }

  /** Whether it can be set to this. */
  boolean allows(SequenceState state) {
    return state.lastValue() >= least && state.lastValue() <= most;
  }

  /**
   * The outermost value, in the direction in which it counts, behind which there is another. What
   * lies beyond was not drawn from it.
   *
   * @param from behind {@code FROM}, with the column's table as {@code t}
   */
  String outermost(String column, String from) {
    String text = "t." + Identifiers.quote(column) + "::text";
    String value = "CASE WHEN %s ~ '^-?[0-9]{1,19}$' THEN %s::numeric END".formatted(text, text);
    return "SELECT %s(v)::text FROM (SELECT %s AS v FROM %s) x WHERE v >= %d AND v <= %d"
        .formatted(
            increment < 0 ? "min" : "max",
            value,
            from,
            increment < 0 ? least - increment : least,
            increment < 0 ? most : most - increment);
  }
}
