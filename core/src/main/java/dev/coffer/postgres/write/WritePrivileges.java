package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.postgres.ServerVersion;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds everything that would keep a role from a restore, before the first change, and tells all of
 * it at once with the statements that mend it.
 */
final class WritePrivileges {
  private static final int FIRST_WITH_PARAMETER_PRIVILEGES = 15;

  private final Connection connection;
  private final ServerVersion version;
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
      boolean references) {}

  private WritePrivileges(Connection connection, ServerVersion version) throws SQLException {
    this.connection = connection;
    this.version = version;
    role = Sql.one(connection, "SELECT quote_ident(current_user)", row -> row.getString(1));
  }

  /** Whether the role may silence triggers and foreign keys by a setting. */
  static boolean replica(Connection connection, ServerVersion version) throws SQLException {
    String granted =
        version.major() >= FIRST_WITH_PARAMETER_PRIVILEGES
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
    new WritePrivileges(connection, version).check(tables, links, sequences, replica);
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
    if (!problems.isEmpty()) {
      if (!replica && version.major() >= FIRST_WITH_PARAMETER_PRIVILEGES) {
        remedies.add("GRANT SET ON PARAMETER session_replication_role TO " + role + ";");
      }
      throw new CofferException(
          ErrorCode.DATABASE_PRIVILEGES,
          "role " + role + " may not restore this:\n  " + String.join("\n  ", problems),
          "Nothing was changed. As a superuser, run:\n  " + String.join("\n  ", remedies));
    }
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
               has_table_privilege(c.oid, 'REFERENCES') AS can_refer
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
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
                row.getBoolean("can_refer")));
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
      remedies.add("ALTER TABLE " + rights.name().sql() + " OWNER TO " + role + ";");
    }
  }

  private void sequences(Collection<QualifiedName> names) throws SQLException {
    Set<QualifiedName> others =
        new HashSet<>(
            Sql.list(
                connection,
                """
                SELECT n.nspname, c.relname FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = 'S' AND NOT pg_has_role(c.relowner, 'USAGE')
                """,
                row -> new QualifiedName(row.getString(1), row.getString(2))));
    for (QualifiedName name : names) {
      if (others.contains(name)) {
        problems.add("sequence " + name.sql() + ": is not the owner, so cannot set it");
        remedies.add("ALTER SEQUENCE " + name.sql() + " OWNER TO " + role + ";");
      }
    }
  }
}
