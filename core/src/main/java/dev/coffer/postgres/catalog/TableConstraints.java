package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Check constraints of tables and, since PostgreSQL 18, not-null constraints with their names. */
final class TableConstraints {

  /**
   * One constraint.
   *
   * @param name quoted
   * @param column quoted: the column that a not-null constraint is for; empty for a check
   * @param separate whether it is added to the table afterwards, either because existing rows need
   *     not satisfy it or because it needs objects that may in turn need the table
   * @param named whether the server would choose another name
   */
  record Definition(
      long oid,
      String name,
      String column,
      String sql,
      boolean local,
      boolean separate,
      boolean named) {

    boolean notNull() {
      return !column.isEmpty();
    }

    String clause() {
      return "CONSTRAINT " + name + " " + sql;
    }
  }

  private TableConstraints() {}

  static Map<Long, List<Definition>> read(CatalogSession session) throws SQLException {
    Map<Long, List<Definition>> constraints = new HashMap<>();
    session.list(
        """
        SELECT k.oid, k.conrelid, quote_ident(k.conname) AS name,
               CASE WHEN k.contype = 'n' THEN
                 (SELECT quote_ident(a.attname) FROM pg_attribute a
                  WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1]) ELSE '' END AS column,
               pg_get_constraintdef(k.oid) AS sql, k.conislocal,
               NOT k.convalidated OR EXISTS (
                 SELECT FROM pg_depend u
                 WHERE u.classid = 'pg_constraint'::regclass AND u.objid = k.oid
                 AND u.refobjid >= 16384 AND u.refobjid <> k.conrelid
                 AND u.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass,
                                      'pg_class'::regclass)
                 AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = u.refclassid
                                 AND e.objid = u.refobjid AND e.deptype = 'e')) AS separate,
               k.contype = 'n' AND k.conname <> c.relname || '_' ||
                 (SELECT a.attname FROM pg_attribute a
                  WHERE a.attrelid = k.conrelid AND a.attnum = k.conkey[1]) || '_not_null' AS named
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE k.contype IN ('c', 'n') AND c.relpersistence <> 't' AND %s
        ORDER BY k.conrelid, k.contype, k.conname COLLATE "C"
        """
            .formatted(USER_SCHEMA),
        row ->
            constraints
                .computeIfAbsent(row.getLong("conrelid"), oid -> new ArrayList<>())
                .add(
                    new Definition(
                        row.getLong("oid"),
                        text(row, "name"),
                        text(row, "column"),
                        text(row, "sql"),
                        row.getBoolean("conislocal"),
                        row.getBoolean("separate"),
                        row.getBoolean("named"))));
    return constraints;
  }
}
