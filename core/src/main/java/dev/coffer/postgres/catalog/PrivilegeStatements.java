package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.optionalText;
import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Privileges, as far as they differ from those that an object is made with: those of the server
 * itself and of extensions' members are in {@code pg_init_privs}, all others' in {@code acldefault}
 * (PostgreSQL manual, "Privileges").
 */
final class PrivilegeStatements {

  /** What the privileges of one row of the query are about. */
  private record Subject(ObjectId id, int column, String target, String columns, String owner) {}

  private final Map<Subject, PrivilegeList> lists = new LinkedHashMap<>();

  private PrivilegeStatements() {}

  /**
   * Reads the privileges on the objects that {@code wanted} accepts.
   *
   * @return one object of kind {@code ACL} for each that has any
   */
  static List<CatalogObject> read(CatalogSession session, Predicate<ObjectId> wanted)
      throws SQLException {
    PrivilegeStatements statements = new PrivilegeStatements();
    session.list(SQL, statements::add);
    List<CatalogObject> objects = new ArrayList<>();
    statements.lists.forEach((subject, list) -> {
      String sql = list.statements("", subject.columns, subject.target);
      if (wanted.test(subject.id) && !sql.isEmpty()) {
        objects.add(
            new CatalogObject(
                new ObjectId(
                    "privileges " + subject.id.catalog() + " " + subject.column, subject.id.oid()),
                ObjectKind.ACL,
                subject.target + subject.columns,
                "",
                sql));
      }
    });
    objects.addAll(defaults(session));
    return objects;
  }

  private boolean add(ResultSet row) throws SQLException {
    Subject subject =
        new Subject(
            new ObjectId(text(row, "catalog"), row.getLong("oid")),
            row.getInt("sub"),
            text(row, "target"),
            optionalText(row, "columns"),
            text(row, "owner"));
    addTo(lists.computeIfAbsent(subject, key -> new PrivilegeList(key.owner)), row);
    return true;
  }

  private static void addTo(PrivilegeList list, ResultSet row) throws SQLException {
    String privilege = optionalText(row, "privilege");
    if (!privilege.isEmpty()) {
      list.add(
          row.getBoolean("now"),
          text(row, "grantee"),
          text(row, "grantor"),
          privilege,
          row.getBoolean("grantable"));
    }
  }

  /** Expands the privileges {@code initial} and {@code acl} of each row of {@code objects}. */
  private static final String EXPANSION =
      """
      LEFT JOIN LATERAL (
        SELECT false AS now, x.*
        FROM aclexplode(o.initial) WITH ORDINALITY AS x (grantor, grantee, privilege, grantable, ordinality)
        UNION ALL
        SELECT true, x.*
        FROM aclexplode(o.acl) WITH ORDINALITY AS x (grantor, grantee, privilege, grantable, ordinality)
      ) e ON true
      """;

  // The information schema is no one's to grant, and initdb does not note its privileges.
  // A schema public that was given to another owner keeps its initial privileges under his name.
  private static final String SQL =
      """
      WITH objects AS (
        SELECT 'pg_namespace' AS catalog, oid, 0 AS sub, nspowner AS owner, nspacl AS acl,
               'n'::"char" AS type, 'SCHEMA ' || quote_ident(nspname) AS target, '' AS columns
        FROM pg_namespace WHERE nspacl IS NOT NULL AND nspname <> 'information_schema'
        UNION ALL
        SELECT 'pg_class', oid, 0, relowner, relacl,
               CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char",
               CASE relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || oid::regclass, ''
        FROM pg_class WHERE relacl IS NOT NULL
          AND relnamespace IS DISTINCT FROM to_regnamespace('information_schema')
        UNION ALL
        SELECT 'pg_class', c.oid, a.attnum, c.relowner, a.attacl, 'c', 'TABLE ' || c.oid::regclass,
               '(' || quote_ident(a.attname) || ')'
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
        UNION ALL
        SELECT 'pg_proc', oid, 0, proowner, proacl, 'f',
               CASE prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END
                 || pronamespace::regnamespace || '.' || quote_ident(proname) || '('
                 || (SELECT coalesce(string_agg(t::regtype::text, ', ' ORDER BY i), '')
                     FROM unnest(proargtypes) WITH ORDINALITY AS x (t, i)) || ')', ''
        FROM pg_proc WHERE proacl IS NOT NULL
          AND pronamespace IS DISTINCT FROM to_regnamespace('information_schema')
        UNION ALL
        SELECT 'pg_type', oid, 0, typowner, typacl, 'T', 'TYPE ' || oid::regtype, ''
        FROM pg_type WHERE typacl IS NOT NULL
          AND typnamespace IS DISTINCT FROM to_regnamespace('information_schema')
        UNION ALL
        SELECT 'pg_language', oid, 0, lanowner, lanacl, 'l',
               'LANGUAGE ' || quote_ident(lanname), ''
        FROM pg_language WHERE lanacl IS NOT NULL
        UNION ALL
        SELECT 'pg_foreign_data_wrapper', oid, 0, fdwowner, fdwacl, 'F',
               'FOREIGN DATA WRAPPER ' || quote_ident(fdwname), ''
        FROM pg_foreign_data_wrapper WHERE fdwacl IS NOT NULL
        UNION ALL
        SELECT 'pg_foreign_server', oid, 0, srvowner, srvacl, 'S',
               'FOREIGN SERVER ' || quote_ident(srvname), ''
        FROM pg_foreign_server WHERE srvacl IS NOT NULL
        UNION ALL
        SELECT 'pg_largeobject', oid, 0, lomowner, lomacl, 'L', 'LARGE OBJECT ' || oid, ''
        FROM pg_largeobject_metadata WHERE lomacl IS NOT NULL
      ), changed AS (
        SELECT objects.*, coalesce(i.initprivs, CASE type WHEN 'c' THEN NULL::aclitem[]
                                                ELSE acldefault(type, owner) END) AS initial
        FROM objects
        LEFT JOIN pg_init_privs i ON i.objoid = oid AND i.objsubid = sub
          AND i.classoid = ('pg_catalog.' || catalog)::regclass
        WHERE i.initprivs IS DISTINCT FROM acl
      )
      SELECT o.catalog, o.oid, o.sub, o.target, o.columns,
             quote_ident(pg_get_userbyid(o.owner)) AS owner, e.now,
             CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee))
               END AS grantee,
             quote_ident(pg_get_userbyid(r.grantor)) AS grantor, e.privilege, e.grantable
      FROM changed o
      """
          + EXPANSION
          + """
          CROSS JOIN LATERAL (
            SELECT CASE WHEN moved AND e.grantee IN (10, 6171) THEN o.owner ELSE e.grantee END
                     AS grantee,
                   CASE WHEN moved AND e.grantor IN (10, 6171) THEN o.owner ELSE e.grantor END
                     AS grantor
            FROM (SELECT NOT e.now AND o.target = 'SCHEMA public') AS x (moved)
          ) r
          ORDER BY o.catalog, o.oid, o.sub, e.now, e.ordinality
          """;

  /**
   * What objects made in the future are granted to others; it comes last, or it would apply now.
   */
  private static List<CatalogObject> defaults(CatalogSession session) throws SQLException {
    Map<Subject, PrivilegeList> lists = new LinkedHashMap<>();
    session.list(
        """
        SELECT o.*, e.now, e.privilege, e.grantable,
               CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(e.grantee))
                 END AS grantee,
               quote_ident(pg_get_userbyid(e.grantor)) AS grantor
        FROM (
          SELECT d.oid, d.defaclacl AS acl, quote_ident(pg_get_userbyid(d.defaclrole)) AS owner,
                 CASE WHEN d.defaclnamespace <> 0 THEN NULL::aclitem[]
                   ELSE acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's'
                                   ELSE d.defaclobjtype END::"char", d.defaclrole) END AS initial,
                 CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
                   WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS'
                   ELSE 'LARGE OBJECTS' END AS target,
                 'ALTER DEFAULT PRIVILEGES FOR ROLE ' || quote_ident(pg_get_userbyid(d.defaclrole))
                   || CASE WHEN d.defaclnamespace <> 0
                        THEN ' IN SCHEMA ' || d.defaclnamespace::regnamespace ELSE '' END
                   || ' ' AS prefix
          FROM pg_default_acl d
        ) o
        """
            + EXPANSION
            + " ORDER BY o.oid, e.now, e.ordinality",
        row -> {
          Subject subject =
              new Subject(
                  new ObjectId("pg_default_acl", row.getLong("oid")),
                  0,
                  text(row, "target"),
                  text(row, "prefix"),
                  text(row, "owner"));
          addTo(lists.computeIfAbsent(subject, key -> new PrivilegeList(key.owner)), row);
          return true;
        });
    List<CatalogObject> objects = new ArrayList<>();
    lists.forEach((subject, list) ->
        objects.add(
            new CatalogObject(
                subject.id,
                ObjectKind.DEFAULT_ACL,
                subject.columns + subject.target,
                "",
                list.statements(subject.columns, "", subject.target))));
    return objects;
  }
}
