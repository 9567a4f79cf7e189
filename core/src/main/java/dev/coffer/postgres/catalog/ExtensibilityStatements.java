package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.FIRST_USER_OID;
import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Casts, transforms, conversions, collations and access methods. */
final class ExtensibilityStatements {

  private ExtensibilityStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    // Casts by function may rely on those that need none.
    objects.addAll(casts(session, ObjectKind.BINARY_CAST, "= 'b'"));
    objects.addAll(casts(session, ObjectKind.CAST, "<> 'b'"));
    objects.addAll(transforms(session));
    objects.addAll(conversions(session));
    objects.addAll(collations(session));
    objects.addAll(accessMethods(session));
    return objects;
  }

  private static List<CatalogObject> casts(CatalogSession session, ObjectKind kind, String method)
      throws SQLException {
    return session.objects(
        kind,
        "pg_cast",
        """
        SELECT c.oid, q.name, 'CAST ' || q.name AS target,
               'CREATE CAST ' || q.name
                 || CASE c.castmethod WHEN 'b' THEN ' WITHOUT FUNCTION' WHEN 'i' THEN ' WITH INOUT'
                      ELSE ' WITH FUNCTION ' || c.castfunc::regprocedure END
                 || CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT'
                                       ELSE '' END || ';' AS sql
        FROM pg_cast c,
        LATERAL (SELECT '(' || c.castsource::regtype || ' AS ' || c.casttarget::regtype || ')'
                 AS name) q
        WHERE c.castmethod %s AND c.oid >= %d AND %s
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass
                          AND d.objid = c.oid AND d.deptype = 'i')
        """
            .formatted(method, FIRST_USER_OID, notMember("pg_cast", "c.oid")));
  }

  private static List<CatalogObject> transforms(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.TRANSFORM,
        "pg_transform",
        """
        SELECT t.oid, q.name, 'TRANSFORM ' || q.name AS target,
               'CREATE TRANSFORM ' || q.name || ' (' || concat_ws(', ',
                 'FROM SQL WITH FUNCTION ' || nullif(t.trffromsql, 0)::regprocedure,
                 'TO SQL WITH FUNCTION ' || nullif(t.trftosql, 0)::regprocedure) || ');' AS sql
        FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang,
        LATERAL (SELECT 'FOR ' || t.trftype::regtype || ' LANGUAGE ' || quote_ident(l.lanname)
                 AS name) q
        WHERE t.oid >= %d AND %s
        """
            .formatted(FIRST_USER_OID, notMember("pg_transform", "t.oid")));
  }

  private static List<CatalogObject> conversions(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.CONVERSION,
        "pg_conversion",
        """
        SELECT c.oid, q.name, 'CONVERSION ' || q.name AS target,
               'CREATE ' || CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END || 'CONVERSION '
                 || q.name || ' FOR '
                 || quote_literal(pg_encoding_to_char(c.conforencoding)) || ' TO '
                 || quote_literal(pg_encoding_to_char(c.contoencoding)) || ' FROM '
                 || c.conproc::regproc || ';' AS sql
        FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace,
        LATERAL (SELECT n.oid::regnamespace || '.' || quote_ident(c.conname) AS name) q
        WHERE %s AND %s
        """
            .formatted(USER_SCHEMA, notMember("pg_conversion", "c.oid")));
  }

  /** The columns that hold a locale have moved more than once. */
  private static List<CatalogObject> collations(CatalogSession session) throws SQLException {
    String icu =
        session.since(17, "c.colllocale", session.since(15, "c.colliculocale", "c.collcollate"));
    String builtin = session.since(17, "c.colllocale", "NULL");
    String rules = session.since(16, "c.collicurules", "NULL");
    return session.objects(
        ObjectKind.COLLATION,
        "pg_collation",
        """
        SELECT c.oid, c.oid::regcollation::text AS name,
               'COLLATION ' || c.oid::regcollation AS target,
               'CREATE COLLATION ' || c.oid::regcollation || ' (' || concat_ws(', ',
                 'provider = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin'
                                                      ELSE 'libc' END,
                 CASE WHEN NOT c.collisdeterministic THEN 'deterministic = false' END,
                 CASE c.collprovider
                   WHEN 'i' THEN 'locale = ' || quote_literal(%1$s)
                   WHEN 'b' THEN 'locale = ' || quote_literal(%2$s)
                   ELSE CASE WHEN c.collcollate = c.collctype
                          THEN 'locale = ' || quote_literal(c.collcollate)
                          ELSE 'lc_collate = ' || quote_literal(c.collcollate)
                            || ', lc_ctype = ' || quote_literal(c.collctype) END END,
                 'rules = ' || quote_literal(%3$s)) || ');' AS sql
        FROM pg_collation c JOIN pg_namespace n ON n.oid = c.collnamespace
        WHERE %4$s AND %5$s
        """
            .formatted(icu, builtin, rules, USER_SCHEMA, notMember("pg_collation", "c.oid")));
  }

  private static List<CatalogObject> accessMethods(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.ACCESS_METHOD,
        "pg_am",
        """
        SELECT a.oid, a.amname AS name, 'ACCESS METHOD ' || quote_ident(a.amname) AS target,
               'CREATE ACCESS METHOD ' || quote_ident(a.amname) || ' TYPE '
                 || CASE a.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END || ' HANDLER '
                 || a.amhandler::regproc || ';' AS sql
        FROM pg_am a WHERE a.oid >= %d AND %s
        """
            .formatted(FIRST_USER_OID, notMember("pg_am", "a.oid")));
  }
}
