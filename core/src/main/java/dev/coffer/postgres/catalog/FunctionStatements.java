package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Functions, procedures and window functions. */
final class FunctionStatements {

  private FunctionStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>(read(session, ObjectKind.FUNCTION, "'f', 'w'"));
    objects.addAll(read(session, ObjectKind.PROCEDURE, "'p'"));
    return objects;
  }

  private static List<CatalogObject> read(CatalogSession session, ObjectKind kind, String prokinds)
      throws SQLException {
    return session.objects(
        kind,
        "pg_proc",
        """
        SELECT p.oid, p.oid::regprocedure::text AS name,
               '%s ' || p.pronamespace::regnamespace || '.' || quote_ident(p.proname) || '('
                 || pg_get_function_identity_arguments(p.oid) || ')' AS target,
               rtrim(pg_get_functiondef(p.oid), E'\\n') || ';' AS sql
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE p.prokind IN (%s) AND %s AND %s
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                          AND d.objid = p.oid AND d.refclassid = 'pg_type'::regclass
                          AND d.deptype = 'i')
        """
            .formatted(kind.label(), prokinds, USER_SCHEMA, notMember("pg_proc", "p.oid")));
  }
}
