package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;

import java.sql.SQLException;
import java.util.List;

/** Extended statistics: their definition; the figures come with the next {@code ANALYZE}. */
final class StatisticsStatements {

  private StatisticsStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.STATISTICS,
        "pg_statistic_ext",
        """
        SELECT s.oid, q.name, 'STATISTICS ' || q.name AS target,
               pg_get_statisticsobjdef(s.oid) || ';'
                 || CASE WHEN s.stxstattarget >= 0 THEN E'\\nALTER STATISTICS ' || q.name
                      || ' SET STATISTICS ' || s.stxstattarget || ';' ELSE '' END AS sql
        FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace,
        LATERAL (SELECT n.oid::regnamespace || '.' || quote_ident(s.stxname) AS name) q
        WHERE %s AND %s
        """
            .formatted(USER_SCHEMA, notMember("pg_statistic_ext", "s.oid")));
  }
}
