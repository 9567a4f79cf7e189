package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;

import java.sql.SQLException;
import java.util.List;

/** Policies of row security. */
final class PolicyStatements {

  private PolicyStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.POLICY,
        "pg_policy",
        """
        SELECT p.oid, c.oid::regclass || '.' || quote_ident(p.polname) AS name,
               'POLICY ' || quote_ident(p.polname) || ' ON ' || c.oid::regclass AS target,
               'CREATE POLICY ' || quote_ident(p.polname) || ' ON ' || c.oid::regclass
                 || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
                 || CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT'
                                  WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE'
                                  ELSE '' END
                 || CASE WHEN p.polroles = '{0}' THEN '' ELSE ' TO '
                      || (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC'
                            ELSE quote_ident(pg_get_userbyid(role)) END, ', ' ORDER BY position)
                          FROM unnest(p.polroles) WITH ORDINALITY AS r (role, position)) END
                 || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
                 || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')',
                             '')
                 || ';' AS sql
        FROM pg_policy p
        JOIN pg_class c ON c.oid = p.polrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relpersistence <> 't' AND %s
        """
            .formatted(USER_SCHEMA));
  }
}
