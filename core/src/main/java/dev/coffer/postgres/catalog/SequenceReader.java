package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads where every sequence stands. */
final class SequenceReader {
  /** Sequences asked about in one query: its plan and locks grow with each. */
  private static final int BATCH = 500;

  private SequenceReader() {}

  static List<SequenceState> read(CatalogSession session) throws SQLException {
    List<QualifiedName> names =
        session.list(
            """
            SELECT n.nspname, c.relname
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'S' AND c.relpersistence <> 't'
              AND (c.relpersistence = 'p' OR NOT pg_is_in_recovery())
              AND NOT EXISTS (
                SELECT FROM pg_depend e
                JOIN pg_extension x
                  ON e.refclassid = 'pg_extension'::regclass AND x.oid = e.refobjid
                WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.objsubid = 0
                  AND e.deptype = 'e' AND NOT c.oid = ANY (coalesce(x.extconfig, '{}')))
              AND %s
            """
                .formatted(USER_SCHEMA),
            row -> new QualifiedName(row.getString(1), row.getString(2)));
    Map<QualifiedName, SequenceState> states = new TreeMap<>();
    for (int from = 0; from < names.size(); from += BATCH) {
      for (SequenceState state :
          batch(session, names.subList(from, Math.min(from + BATCH, names.size())))) {
        states.put(state.name(), state);
      }
    }
    return new ArrayList<>(states.values());
  }

  private static List<SequenceState> batch(CatalogSession session, List<QualifiedName> names)
      throws SQLException {
    String sql =
        names.stream()
            .map(name ->
                "SELECT "
                    + Identifiers.literal(name.schema())
                    + ", "
                    + Identifiers.literal(name.name())
                    + ", last_value, is_called FROM "
                    + name.sql())
            .collect(Collectors.joining(" UNION ALL "));
    return session.listWithoutLocks(
        sql,
        row ->
            new SequenceState(
                new QualifiedName(row.getString(1), row.getString(2)),
                row.getLong(3),
                row.getBoolean(4)));
  }
}
