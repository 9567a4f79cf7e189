package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Schemas, extensions and procedural languages: the ground that everything else stands on. */
final class NamespaceStatements {

  private NamespaceStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    // Every new database has public already: without SQL, it is only there to be commented on.
    objects.addAll(
        session.objects(
            ObjectKind.SCHEMA,
            "pg_namespace",
            """
            SELECT n.oid, n.oid::regnamespace::text AS name,
                   'SCHEMA ' || n.oid::regnamespace AS target,
                   CASE WHEN n.nspname = 'public' THEN ''
                        ELSE 'CREATE SCHEMA ' || n.oid::regnamespace || ';' END AS sql
            FROM pg_namespace n WHERE %s AND %s
            """
                .formatted(USER_SCHEMA, notMember("pg_namespace", "n.oid"))));
    objects.addAll(
        session.objects(
            ObjectKind.EXTENSION,
            "pg_extension",
            """
            SELECT x.oid, x.extname AS name, 'EXTENSION ' || quote_ident(x.extname) AS target,
                   'CREATE EXTENSION IF NOT EXISTS ' || quote_ident(x.extname)
                     || CASE WHEN x.extrelocatable OR EXISTS (
                          SELECT FROM pg_depend d
                          WHERE d.classid = 'pg_extension'::regclass AND d.objid = x.oid
                            AND d.refclassid = 'pg_namespace'::regclass
                            AND d.refobjid = x.extnamespace)
                        THEN ' WITH SCHEMA ' || x.extnamespace::regnamespace ELSE '' END
                     || ';' AS sql
            FROM pg_extension x WHERE x.oid >= 16384
            """));
    objects.addAll(
        session.objects(
            ObjectKind.LANGUAGE,
            "pg_language",
            """
            SELECT l.oid, l.lanname AS name, 'LANGUAGE ' || quote_ident(l.lanname) AS target,
                   'CREATE ' || CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END
                     || 'LANGUAGE ' || quote_ident(l.lanname)
                     || ' HANDLER ' || regexp_replace(l.lanplcallfoid::regprocedure::text, '\\(.*', '')
                     || CASE WHEN l.laninline <> 0 THEN ' INLINE '
                          || regexp_replace(l.laninline::regprocedure::text, '\\(.*', '')
                        ELSE '' END
                     || CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR '
                          || regexp_replace(l.lanvalidator::regprocedure::text, '\\(.*', '')
                        ELSE '' END || ';' AS sql
            FROM pg_language l WHERE l.lanispl AND l.oid >= 16384 AND %s
            """
                .formatted(notMember("pg_language", "l.oid"))));
    return objects;
  }
}
