package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known beforehand to stay out of a backup: what belongs to the whole cluster, what holds
 * secrets, and rows that lie elsewhere or nowhere.
 */
final class KnownGaps {

  private KnownGaps() {}

  /** Queries that each give {@code kind}, {@code name} and {@code reason}. */
  static List<String> queries(CatalogSession session) {
    List<String> queries = new ArrayList<>(List.of(cluster(), elsewhere()));
    if (session.recovery()) {
      queries.add(unlogged());
    }
    return queries;
  }

  private static String cluster() {
    return """
    SELECT 'SUBSCRIPTION' AS kind, subname::text AS name,
           'Its connection string may hold a password: create it again by hand.' AS reason
    FROM pg_subscription
    WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL
    SELECT 'ROLE', string_agg(DISTINCT quote_ident(pg_get_userbyid(refobjid)), ', '),
           'Roles and their passwords belong to the whole cluster. Statements that need a role'
             || ' which is missing can be left out of a restore.'
    FROM pg_shdepend
    WHERE refclassid = 'pg_authid'::regclass
      AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
    HAVING count(*) > 0
    UNION ALL
    SELECT 'DATABASE SETTING',
           coalesce(quote_ident(r.rolname) || ': ', '') || split_part(setting, '=', 1),
           'Settings of a database or a role belong to the whole cluster: ALTER DATABASE or ALTER'
             || ' ROLE sets them again.'
    FROM pg_db_role_setting s
    LEFT JOIN pg_roles r ON r.oid = s.setrole
    CROSS JOIN unnest(s.setconfig) AS setting
    WHERE s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL
    SELECT 'DATABASE', datname::text,
           'Privileges on the database itself belong to the whole cluster.'
    FROM pg_database WHERE datname = current_database() AND datacl IS NOT NULL
    UNION ALL
    SELECT 'DATABASE', d.datname::text, 'The comment on the database itself is not captured.'
    FROM pg_database d JOIN pg_shdescription s ON s.objoid = d.oid
      AND s.classoid = 'pg_database'::regclass
    WHERE d.datname = current_database()
    UNION ALL
    SELECT 'TABLESPACE', quote_ident(t.spcname) || ': ' || count(*) || ' relations',
           'Tablespaces are places on the server: a restore uses the default one.'
    FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace
    WHERE c.oid >= 16384 AND c.relkind <> 't' GROUP BY t.spcname
    """;
  }

  private static String elsewhere() {
    return ("""
    SELECT 'USER MAPPING OPTIONS' AS kind, quote_ident(usename) || ' on ' || quote_ident(srvname)
             AS name,
           'They hold passwords: set them with ALTER USER MAPPING after a restore.' AS reason
    FROM pg_user_mappings
    UNION ALL
    SELECT 'SERVER OPTION', quote_ident(s.srvname) || ': ' || o.option_name,
           'Its name says that it is a secret: set it with ALTER SERVER after a restore.'
    FROM pg_foreign_server s, pg_options_to_table(s.srvoptions) o
    WHERE o.option_name ~* '\
    """
            + ForeignDataStatements.SECRET_OPTION
            + """
            '
            UNION ALL
            SELECT 'FOREIGN DATA WRAPPER OPTION', quote_ident(w.fdwname) || ': ' || o.option_name,
                   'Its name says that it is a secret: set it with ALTER FOREIGN DATA WRAPPER after a'
                     || ' restore.'
            FROM pg_foreign_data_wrapper w, pg_options_to_table(w.fdwoptions) o
            WHERE o.option_name ~* '\
            """
            + ForeignDataStatements.SECRET_OPTION
            + """
            '
            UNION ALL
            SELECT 'FOREIGN TABLE', c.oid::regclass || ' (rows)',
                   'Its rows lie on another server; the definition is captured.'
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'f' AND %1$s
            UNION ALL
            SELECT 'EXTENSION TABLE', c.oid::regclass || ' (rows)',
                   'The extension ' || quote_ident(x.extname) || ' makes it and does not name it as one'
                     || ' that holds data of yours.'
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
              AND d.deptype = 'e'
            JOIN pg_extension x ON x.oid = d.refobjid
            WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.oid = ANY (coalesce(x.extconfig, '{}')) AND %1$s
            """)
        .formatted(USER_SCHEMA);
  }

  private static String unlogged() {
    return """
    SELECT CASE c.relkind WHEN 'S' THEN 'UNLOGGED SEQUENCE' ELSE 'UNLOGGED TABLE' END AS kind,
           c.oid::regclass || ' (rows)' AS name,
           'A standby has no rows of it: back up the primary.' AS reason
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relpersistence = 'u' AND c.relkind IN ('r', 'S') AND %s
    """
        .formatted(USER_SCHEMA);
  }
}
