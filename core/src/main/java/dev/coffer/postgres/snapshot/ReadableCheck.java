package dev.coffer.postgres.snapshot;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.postgres.ServerVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds everything that would keep a role from reading the whole database, before any row is read,
 * and tells all of it at once with the statements that mend it.
 */
public final class ReadableCheck {
  private static final int FIRST_WITH_READ_ALL_DATA = 14;

  /** Of what was dropped just now the functions know nothing: that keeps nobody from reading. */
  private static final String RELATIONS =
      """
      SELECT n.nspname, c.relname, c.relkind::text,
             coalesce(has_schema_privilege(n.oid, 'USAGE'), true),
             coalesce(
               CASE WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'SELECT')
                    ELSE has_table_privilege(c.oid, 'SELECT') END,
               true),
             c.relkind <> 'S' AND row_security_active(c.oid)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'S') AND c.relpersistence <> 't' AND %s
      ORDER BY n.nspname, c.relname
      """
          .formatted(LockableTables.OURS);

  private static final String LARGE_OBJECTS =
      """
      SELECT m.oid FROM pg_catalog.pg_largeobject_metadata m
      WHERE NOT pg_has_role(m.lomowner, 'USAGE')
        AND NOT EXISTS (
          SELECT FROM aclexplode(m.lomacl) a WHERE a.privilege_type = 'SELECT'
            AND (a.grantee = 0 OR pg_has_role(a.grantee, 'USAGE')))
      ORDER BY m.oid
      """;

  private ReadableCheck() {}

  /**
   * @throws CofferException {@code DATABASE_PRIVILEGES} listing what cannot be read
   */
  static void require(Connection connection, ServerVersion version) throws SQLException {
    MissingPrivileges missing = missing(connection, version);
    if (!missing.isEmpty()) {
      throw new CofferException(
          ErrorCode.DATABASE_PRIVILEGES,
          "role "
              + missing.role()
              + " cannot read all of the database:\n  "
              + String.join("\n  ", missing.problems()),
          "As a superuser, run:\n  " + String.join("\n  ", missing.remedies()));
    }
  }

  /** All that keeps the connection's role from taking a backup. */
  public static MissingPrivileges missing(Connection connection, ServerVersion version)
      throws SQLException {
    List<String> problems = new ArrayList<>();
    Set<String> remedies = new LinkedHashSet<>();
    try (Statement statement = connection.createStatement()) {
      String role;
      try (ResultSet row = statement.executeQuery("SELECT current_user")) {
        row.next();
        role = Identifiers.quote(row.getString(1));
      }
      relations(statement, version, role, problems, remedies);
      largeObjects(statement, role, problems, remedies);
      return new MissingPrivileges(role, problems, List.copyOf(remedies));
    }
  }

  private static void relations(
      Statement statement,
      ServerVersion version,
      String role,
      List<String> problems,
      Set<String> remedies)
      throws SQLException {
    boolean readAll = version.major() >= FIRST_WITH_READ_ALL_DATA;
    Set<String> schemas = new LinkedHashSet<>();
    try (ResultSet row = statement.executeQuery(RELATIONS)) {
      while (row.next()) {
        QualifiedName name = new QualifiedName(row.getString(1), row.getString(2));
        String kind = row.getString(3).equals("S") ? "sequence" : "table";
        if (!row.getBoolean(4) && schemas.add(name.schema())) {
          String schema = Identifiers.quote(name.schema());
          problems.add("schema " + schema + ": no USAGE");
          remedies.add(grant(readAll, "USAGE ON SCHEMA " + schema, role));
        }
        if (!row.getBoolean(5)) {
          problems.add(kind + " " + name.sql() + ": no SELECT");
          String object = kind.equals("table") ? "TABLE " : "SEQUENCE ";
          remedies.add(grant(readAll, "SELECT ON " + object + name.sql(), role));
        }
        if (row.getBoolean(6)) {
          problems.add("table " + name.sql() + ": row-level security would hide rows");
          remedies.add("ALTER ROLE " + role + " BYPASSRLS;");
        }
      }
    }
  }

  private static String grant(boolean readAll, String privilege, String role) {
    return "GRANT " + (readAll ? "pg_read_all_data" : privilege) + " TO " + role + ";";
  }

  private static void largeObjects(
      Statement statement, String role, List<String> problems, Set<String> remedies)
      throws SQLException {
    try (ResultSet row = statement.executeQuery(LARGE_OBJECTS)) {
      while (row.next()) {
        String oid = row.getString(1);
        problems.add("large object " + oid + ": no SELECT");
        remedies.add("GRANT SELECT ON LARGE OBJECT " + oid + " TO " + role + ";");
      }
    }
  }
}
