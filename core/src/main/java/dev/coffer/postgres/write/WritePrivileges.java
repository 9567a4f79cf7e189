package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.postgres.ServerVersion;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds everything that would keep a role from a restore, before the first change, and tells all of
 * it at once with the statements that mend it.
 */
final class WritePrivileges {
  private static final int FIRST_WITH_PARAMETER_PRIVILEGES = 15;

  private final Connection connection;
  private final String role;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> remedies = new LinkedHashSet<>();

  /** What a role may do with a table. */
  private record Rights(
      QualifiedName name,
      boolean schema,
      boolean select,
      boolean insert,
      boolean delete,
      boolean lock,
      boolean owner,
      boolean hidden,
      boolean references,
      Owner ofRole) {}

  /** Whom an object belongs to, as SQL writes it. */
  private record Owner(String role, boolean superuser) {
    /** A superuser's name would open far more than the object. */
    String remedy(String object, String role) {
      return superuser
          ? "ALTER " + object + " OWNER TO " + role + ";"
          : "GRANT " + this.role + " TO " + role + ";";
    }
  }

  private WritePrivileges(Connection connection) throws SQLException {
    this.connection = connection;
    role = Sql.one(connection, "SELECT quote_ident(current_user)", row -> row.getString(1));
  }

  /** Whether the role may silence triggers and foreign keys by a setting. */
  static boolean replica(Connection connection, ServerVersion version) throws SQLException {
    String granted =
        knowsParameters(version)
            ? " OR has_parameter_privilege('session_replication_role', 'SET')"
            : "";
    return Sql.truth(connection, "SELECT current_setting('is_superuser')::bool" + granted);
  }

  /**
   * @throws CofferException {@code DATABASE_PRIVILEGES} listing what is missing
   */
  static void require(
      Connection connection,
      ServerVersion version,
      Collection<LiveTable> tables,
      Links links,
      Collection<QualifiedName> sequences,
      boolean replica)
      throws SQLException {
    MissingPrivileges missing = missing(connection, version, tables, links, sequences, replica);
    if (!missing.isEmpty()) {
      List<String> remedies = new ArrayList<>(missing.remedies());
      if (!replica && knowsParameters(version)) {
        remedies.add(parameter(missing.role()));
      }
      throw new CofferException(
          ErrorCode.DATABASE_PRIVILEGES,
          "role "
              + missing.role()
              + " may not restore this:\n  "
              + String.join("\n  ", missing.problems()),
          "Nothing was changed. As a superuser, run:\n  " + String.join("\n  ", remedies));
    }
  }

  /**
   * All that keeps the role from changing these tables and setting these sequences, and what mends
   * it: where the setting that silences triggers can be granted, nobody has to own the tables.
   */
  static MissingPrivileges leastToGrant(
      Connection connection,
      ServerVersion version,
      Collection<LiveTable> tables,
      Links links,
      Collection<QualifiedName> sequences)
      throws SQLException {
    boolean replica = replica(connection, version);
    boolean grantable = !replica && knowsParameters(version);
    MissingPrivileges rows =
        missing(connection, version, tables, links, sequences, replica || grantable);
    if (!grantable
        || missing(connection, version, tables, links, sequences, false)
            .problems()
            .equals(rows.problems())) {
      return rows;
    }
    List<String> problems = new ArrayList<>(rows.problems());
    Set<String> remedies = new LinkedHashSet<>(rows.remedies());
    problems.add(
        "setting session_replication_role: no SET, so cannot keep triggers and foreign keys from"
            + " acting");
    remedies.add(parameter(rows.role()));
    return new MissingPrivileges(rows.role(), problems, List.copyOf(remedies));
  }

  /** The statement by which triggers and foreign keys are silenced without owning the tables. */
  static String parameter(String role) {
    return "GRANT SET ON PARAMETER session_replication_role TO " + role + ";";
  }

  static boolean knowsParameters(ServerVersion version) {
    return version.major() >= FIRST_WITH_PARAMETER_PRIVILEGES;
  }

  /**
   * All that is missing for changing rows of these tables and setting these sequences.
   *
   * @param replica whether the role may silence triggers and foreign keys by a setting
   */
  static MissingPrivileges missing(
      Connection connection,
      ServerVersion version,
      Collection<LiveTable> tables,
      Links links,
      Collection<QualifiedName> sequences,
      boolean replica)
      throws SQLException {
    WritePrivileges privileges = new WritePrivileges(connection);
    privileges.check(tables, links, sequences, replica);
    return new MissingPrivileges(
        privileges.role, privileges.problems, List.copyOf(privileges.remedies));
  }

  private void check(
      Collection<LiveTable> tables,
      Links links,
      Collection<QualifiedName> sequences,
      boolean replica)
      throws SQLException {
    Set<Long> touched = new HashSet<>(tables.stream().map(LiveTable::oid).toList());
    if (!Sql.truth(connection, "SELECT has_database_privilege(current_database(), 'TEMPORARY')")) {
      String database =
          Sql.one(connection, "SELECT quote_ident(current_database())", row -> row.getString(1));
      problems.add("database " + database + ": no TEMPORARY");
      remedies.add("GRANT TEMPORARY ON DATABASE " + database + " TO " + role + ";");
    }
    Set<QualifiedName> altered = altered(touched, links, replica);
    for (Rights rights : rights(touched)) {
      touched(rights, !replica || altered.contains(rights.name()));
    }
    Set<Long> neighbours = new LinkedHashSet<>();
    links.neighbours(touched).forEach(end -> neighbours.add(end.oid()));
    for (Rights rights : rights(neighbours)) {
      neighbour(rights, altered.contains(rights.name()));
    }
    sequences(sequences);
  }

  /** The tables that have to be altered, which is for their owners. */
  private Set<QualifiedName> altered(Set<Long> touched, Links links, boolean replica)
      throws SQLException {
    Set<QualifiedName> altered = new HashSet<>();
    Silence.noises(connection, touched, replica).forEach(noise -> altered.add(noise.table()));
    Silence.toDrop(links, touched, replica).forEach(link -> altered.add(link.child().name()));
    return altered;
  }

  private List<Rights> rights(Set<Long> oids) throws SQLException {
    return Sql.list(
        connection,
        """
        SELECT n.nspname, c.relname, has_schema_privilege(n.oid, 'USAGE') AS usage,
               has_table_privilege(c.oid, 'SELECT') AS can_select,
               has_table_privilege(c.oid, 'INSERT') AS can_insert,
               has_table_privilege(c.oid, 'DELETE') AS can_delete,
               has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE') AS can_lock,
               pg_has_role(c.relowner, 'USAGE') AS owner,
               row_security_active(c.oid) AS hidden,
               has_table_privilege(c.oid, 'REFERENCES') AS can_refer,
               quote_ident(o.rolname) AS owner_name, o.rolsuper
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
        WHERE c.oid = ANY (%s) ORDER BY n.nspname, c.relname
        """
            .formatted(Sql.oids(oids)),
        row ->
            new Rights(
                new QualifiedName(row.getString(1), row.getString(2)),
                row.getBoolean("usage"),
                row.getBoolean("can_select"),
                row.getBoolean("can_insert"),
                row.getBoolean("can_delete"),
                row.getBoolean("can_lock"),
                row.getBoolean("owner"),
                row.getBoolean("hidden"),
                row.getBoolean("can_refer"),
                owner(row)));
  }

  private static Owner owner(ResultSet row) throws SQLException {
    return new Owner(row.getString("owner_name"), row.getBoolean("rolsuper"));
  }

  private void touched(Rights rights, boolean alter) {
    List<String> missing = new ArrayList<>();
    if (!rights.select()) {
      missing.add("SELECT");
    }
    if (!rights.insert()) {
      missing.add("INSERT");
    }
    if (!rights.delete()) {
      missing.add("DELETE");
    }
    grant(rights, missing);
    if (rights.hidden()) {
      problems.add("table " + rights.name().sql() + ": row-level security would hide rows");
      remedies.add("ALTER ROLE " + role + " BYPASSRLS;");
    }
    owner(rights, alter);
  }

  private void neighbour(Rights rights, boolean alter) {
    List<String> missing = new ArrayList<>();
    if (!rights.select()) {
      missing.add("SELECT");
    }
    if (!rights.lock()) {
      missing.add("UPDATE");
    }
    if (alter && !rights.references()) {
      missing.add("REFERENCES");
    }
    grant(rights, missing);
    owner(rights, alter);
  }

  private void grant(Rights rights, List<String> missing) {
    if (!rights.schema()) {
      String schema = Identifiers.quote(rights.name().schema());
      problems.add("schema " + schema + ": no USAGE");
      remedies.add("GRANT USAGE ON SCHEMA " + schema + " TO " + role + ";");
    }
    if (!missing.isEmpty()) {
      String list = String.join(", ", missing);
      problems.add("table " + rights.name().sql() + ": no " + list);
      remedies.add("GRANT " + list + " ON TABLE " + rights.name().sql() + " TO " + role + ";");
    }
  }

  private void owner(Rights rights, boolean alter) {
    if (alter && !rights.owner()) {
      problems.add(
          "table "
              + rights.name().sql()
              + ": is not the owner, so cannot keep its triggers and foreign keys from acting");
      remedies.add(rights.ofRole().remedy("TABLE " + rights.name().sql(), role));
    }
  }

  /**
   * A sequence that belongs to a table's column has no owner of its own: it follows the table's.
   */
  private void sequences(Collection<QualifiedName> names) throws SQLException {
    Map<QualifiedName, String> others = new HashMap<>();
    Sql.list(
        connection,
        """
        SELECT n.nspname, c.relname, tn.nspname AS table_schema, t.relname AS table_name,
               quote_ident(o.rolname) AS owner_name, o.rolsuper
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_roles o ON o.oid = c.relowner
        LEFT JOIN pg_catalog.pg_depend d
          ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
          AND d.objsubid = 0 AND d.refclassid = d.classid AND d.deptype IN ('a', 'i')
        LEFT JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
        LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
        WHERE c.relkind = 'S' AND NOT pg_has_role(c.relowner, 'USAGE')
        """,
        row -> {
          QualifiedName name = new QualifiedName(row.getString(1), row.getString(2));
          String table = row.getString("table_name");
          String object =
              table == null
                  ? "SEQUENCE " + name.sql()
                  : "TABLE " + new QualifiedName(row.getString("table_schema"), table).sql();
          return others.put(name, owner(row).remedy(object, role)) == null;
        });
    for (QualifiedName name : names) {
      if (others.containsKey(name)) {
        problems.add("sequence " + name.sql() + ": is not the owner, so cannot set it");
        remedies.add(others.get(name));
      }
    }
  }
}
