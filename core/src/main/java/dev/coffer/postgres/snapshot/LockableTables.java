package dev.coffer.postgres.snapshot;

import dev.coffer.model.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The tables of the database that are a user's, to be locked against changes of their structure.
 */
public final class LockableTables {
  private static final int LOCKED_AT_ONCE = 200;

  /** What holds of relations that belong to the user rather than to the server or an extension. */
  static final String OURS =
      """
      n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
          WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
            AND d.deptype = 'e' AND NOT c.oid = ANY (coalesce(e.extconfig, '{}')))\
      """;

  private static final String TABLES =
      """
      SELECT c.oid::int8, n.nspname, c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND %s
      ORDER BY c.oid
      """
          .formatted(OURS);

  private LockableTables() {}

  /** A table and its identity, which a table made anew under the same name does not share. */
  public record Entry(long oid, QualifiedName name) {}

  public static List<Entry> list(Connection connection) throws SQLException {
    List<Entry> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        QualifiedName name = new QualifiedName(row.getString(2), row.getString(3));
        tables.add(new Entry(row.getLong(1), name));
      }
    }
    return tables;
  }

  /** Whether to wait for those who change a table, or want to. */
  enum Patience {
    WAIT(""),
    NONE(" NOWAIT");

    private final String sql;

    Patience(String sql) {
      this.sql = sql;
    }
  }

  /** Locks in {@code ACCESS SHARE} mode, which lets everybody read and write. */
  static void lock(Connection connection, List<Entry> tables, Patience patience)
      throws SQLException {
    Iterator<Entry> rest = tables.iterator();
    try (Statement statement = connection.createStatement()) {
      while (rest.hasNext()) {
        StringBuilder lock = new StringBuilder("LOCK TABLE ");
        for (int i = 0; i < LOCKED_AT_ONCE && rest.hasNext(); i++) {
          lock.append(i == 0 ? "ONLY " : ", ONLY ").append(rest.next().name().sql());
        }
        statement.execute(lock.append(" IN ACCESS SHARE MODE").append(patience.sql).toString());
      }
    }
  }
}
