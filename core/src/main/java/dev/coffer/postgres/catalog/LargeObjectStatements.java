package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Large objects, empty: their contents are rows of the backup. */
final class LargeObjectStatements {
  /** Large objects made in one statement: a database may hold millions. */
  private static final int BATCH = 1000;

  private LargeObjectStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    objects.addAll(
        batches(
            session,
            ObjectKind.LARGE_OBJECT,
            "SELECT oid, '' AS role, 'SELECT pg_catalog.lo_create(' || oid || ');' AS sql"
                + " FROM pg_largeobject_metadata"));
    objects.addAll(
        batches(
            session,
            ObjectKind.LARGE_OBJECT_OWNER,
            """
            SELECT oid, r.role, 'ALTER LARGE OBJECT ' || oid || ' OWNER TO ' || r.role || ';' AS sql
            FROM pg_largeobject_metadata,
            LATERAL (SELECT quote_ident(pg_get_userbyid(lomowner)) AS role) r
            """));
    objects.addAll(
        batches(
            session,
            ObjectKind.LARGE_OBJECT_COMMENT,
            """
            SELECT objoid AS oid, '' AS role, 'COMMENT ON LARGE OBJECT ' || objoid || ' IS '
                     || quote_literal(description) || ';' AS sql
            FROM pg_description WHERE classoid = 'pg_largeobject'::regclass
            """));
    return objects;
  }

  private static List<CatalogObject> batches(CatalogSession session, ObjectKind kind, String sql)
      throws SQLException {
    return session.list(
        """
        SELECT min(oid::int8) AS oid, min(oid::int8) || ' to ' || max(oid::int8) AS name,
               string_agg(sql, E'\\n' ORDER BY oid) AS sql
        FROM (SELECT *, (row_number() OVER (PARTITION BY role ORDER BY oid) - 1) / %d AS batch
              FROM (%s) o) o
        GROUP BY role, batch
        """
            .formatted(BATCH, sql),
        row ->
            new CatalogObject(
                new ObjectId(kind.name() + " batch", row.getLong("oid")),
                kind,
                "large objects " + text(row, "name"),
                "",
                text(row, "sql")));
  }
}
