package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Publications for logical replication, and what they publish. */
final class PublicationStatements {

  private PublicationStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>(publications(session));
    objects.addAll(tables(session));
    if (session.version() >= 15) {
      objects.addAll(schemas(session));
    }
    return objects;
  }

  private static List<CatalogObject> publications(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.PUBLICATION,
        "pg_publication",
        """
        SELECT p.oid, p.pubname AS name, 'PUBLICATION ' || quote_ident(p.pubname) AS target,
               'CREATE PUBLICATION ' || quote_ident(p.pubname)
                 || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE '' END
                 || ' WITH (publish = ''' || concat_ws(', ',
                      CASE WHEN p.pubinsert THEN 'insert' END,
                      CASE WHEN p.pubupdate THEN 'update' END,
                      CASE WHEN p.pubdelete THEN 'delete' END,
                      CASE WHEN p.pubtruncate THEN 'truncate' END) || ''''
                 || CASE WHEN p.pubviaroot THEN ', publish_via_partition_root = true' ELSE '' END
                 || %s || ');' AS sql
        FROM pg_publication p
        """
            .formatted(
                session.since(
                    18,
                    "CASE p.pubgencols WHEN 's' THEN ', publish_generated_columns = stored'"
                        + " ELSE '' END",
                    "''")));
  }

  private static List<CatalogObject> tables(CatalogSession session) throws SQLException {
    String details =
        session.since(
            15,
            """
            coalesce((SELECT ' (' || string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) || ')'
                      FROM pg_attribute a
                      WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)), '')
            || coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')
            """,
            "''");
    return session.list(
        """
        SELECT r.oid, r.prpubid, r.prrelid,
               quote_ident(p.pubname) || ' ' || r.prrelid::regclass AS name,
               'ALTER PUBLICATION ' || quote_ident(p.pubname) || ' ADD TABLE ONLY '
                 || r.prrelid::regclass || %s || ';' AS sql
        FROM pg_publication_rel r JOIN pg_publication p ON p.oid = r.prpubid
        """
            .formatted(details),
        row ->
            new CatalogObject(
                    new ObjectId("pg_publication_rel", row.getLong("oid")),
                    ObjectKind.PUBLICATION_MEMBER,
                    text(row, "name"),
                    "",
                    text(row, "sql"))
                .withAfter(
                    List.of(
                        new ObjectId("pg_publication", row.getLong("prpubid")),
                        new ObjectId("pg_class", row.getLong("prrelid")))));
  }

  private static List<CatalogObject> schemas(CatalogSession session) throws SQLException {
    return session.list(
        """
        SELECT s.oid, s.pnpubid, s.pnnspid,
               quote_ident(p.pubname) || ' ' || s.pnnspid::regnamespace AS name,
               'ALTER PUBLICATION ' || quote_ident(p.pubname) || ' ADD TABLES IN SCHEMA '
                 || s.pnnspid::regnamespace || ';' AS sql
        FROM pg_publication_namespace s JOIN pg_publication p ON p.oid = s.pnpubid
        """,
        row ->
            new CatalogObject(
                    new ObjectId("pg_publication_namespace", row.getLong("oid")),
                    ObjectKind.PUBLICATION_MEMBER,
                    text(row, "name"),
                    "",
                    text(row, "sql"))
                .withAfter(
                    List.of(
                        new ObjectId("pg_publication", row.getLong("pnpubid")),
                        new ObjectId("pg_namespace", row.getLong("pnnspid")))));
  }
}
