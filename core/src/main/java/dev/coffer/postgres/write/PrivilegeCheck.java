package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.model.QualifiedName;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.postgres.snapshot.LockableTables;
import dev.coffer.postgres.snapshot.ReadableCheck;
import dev.coffer.postgres.snapshot.SessionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a role may take backups of a database and restore all of its tables in place, asked
 * beforehand. Reads the catalog alone and changes nothing.
 *
 * @param role as it signed in, unquoted
 * @param encryption the protocol and cipher of the connection, such as {@code TLSv1.3,
 *     TLS_AES_256_GCM_SHA384}; empty where it is not encrypted
 * @param createsDatabases whether the role may make databases, as a proof needs it
 * @param forBackup what keeps the role from taking a backup
 * @param forRestore what keeps it from restoring in place, which begins with a backup
 */
public record PrivilegeCheck(
    ServerVersion version,
    String role,
    boolean superuser,
    boolean createsDatabases,
    Optional<String> encryption,
    MissingPrivileges forBackup,
    MissingPrivileges forRestore) {
  private static final String APPLICATION = "coffer check";

  private static final String SEQUENCES =
      """
      SELECT n.nspname, c.relname
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence <> 't'
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)'
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
            AND d.deptype = 'e')
      ORDER BY n.nspname, c.relname
      """;

  private static final String OBJECTS_OF_OTHERS =
      """
      SELECT m.oid FROM pg_catalog.pg_largeobject_metadata m
      WHERE NOT pg_has_role(m.lomowner, 'USAGE') ORDER BY m.oid
      """;

  private static final String SESSION =
      """
      SELECT current_user, r.rolsuper, r.rolsuper OR r.rolcreatedb,
             (SELECT s.version || ', ' || s.cipher FROM pg_catalog.pg_stat_ssl s
              WHERE s.pid = pg_backend_pid() AND s.ssl)
      FROM pg_catalog.pg_roles r WHERE r.rolname = current_user
      """;

  /** Who is connected, and how. */
  private record Session(
      String role, boolean superuser, boolean createsDatabases, Optional<String> encryption) {}

  /**
   * Connects and asks.
   *
   * @param patience how long one question may take
   * @throws CofferException with a code of the {@code DATABASE_} family where it cannot be asked
   */
  public static PrivilegeCheck of(ConnectionSettings settings, Duration patience) {
    try (Connection connection = settings.open(APPLICATION)) {
      ServerVersion version = ServerVersion.of(connection).supported();
      SessionSettings.apply(connection, version, new SharedSnapshot.Timeouts(patience, patience));
      Session session =
          Sql.one(
              connection,
              SESSION,
              row ->
                  new Session(
                      row.getString(1),
                      row.getBoolean(2),
                      row.getBoolean(3),
                      Optional.ofNullable(row.getString(4))));
      return new PrivilegeCheck(
          version,
          session.role(),
          session.superuser(),
          session.createsDatabases(),
          session.encryption(),
          ReadableCheck.missing(connection, version),
          forRestore(connection, version));
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot ask " + settings.address() + " for privileges");
    }
  }

  private static MissingPrivileges forRestore(Connection connection, ServerVersion version)
      throws SQLException {
    List<QualifiedName> names =
        LockableTables.list(connection).stream().map(LockableTables.Entry::name).toList();
    Collection<LiveTable> tables = LiveTable.read(connection, names).values();
    List<QualifiedName> sequences =
        Sql.list(
            connection, SEQUENCES, row -> new QualifiedName(row.getString(1), row.getString(2)));
    MissingPrivileges rows =
        WritePrivileges.leastToGrant(
            connection, version, tables, Links.read(connection), sequences);
    List<String> problems = new ArrayList<>(rows.problems());
    Set<String> remedies = new LinkedHashSet<>(rows.remedies());
    for (String oid : Sql.list(connection, OBJECTS_OF_OTHERS, row -> row.getString(1))) {
      problems.add("large object " + oid + ": is not the owner, so cannot replace it");
      remedies.add("ALTER LARGE OBJECT " + oid + " OWNER TO " + rows.role() + ";");
    }
    return new MissingPrivileges(rows.role(), problems, List.copyOf(remedies));
  }
}
