package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Indexes, and the constraints that are added to a table which has its rows. */
final class ConstraintStatements {

  /** What is set on an index {@code i} of table {@code c} once it exists. */
  private static final String INDEX_SETTINGS =
      """
      CASE WHEN i.indisclustered
        THEN E'\\nALTER TABLE ' || i.indrelid::regclass || ' CLUSTER ON ' || quote_ident(x.relname)
          || ';' ELSE '' END
      || CASE WHEN i.indisreplident
        THEN E'\\nALTER TABLE ONLY ' || i.indrelid::regclass || ' REPLICA IDENTITY USING INDEX '
          || quote_ident(x.relname) || ';' ELSE '' END
      || coalesce((SELECT string_agg(E'\\nALTER INDEX ' || x.oid::regclass || ' ALTER COLUMN '
           || a.attnum || ' SET STATISTICS ' || a.attstattarget || ';', '' ORDER BY a.attnum)
         FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0), '')
      """;

  private ConstraintStatements() {}

  static List<CatalogObject> read(CatalogSession session) throws SQLException {
    List<CatalogObject> objects = new ArrayList<>();
    objects.addAll(constraints(session));
    objects.addAll(foreignKeys(session));
    objects.addAll(indexes(session));
    objects.addAll(attachments(session));
    return objects;
  }

  private static List<CatalogObject> constraints(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.CONSTRAINT,
        "pg_constraint",
        """
        SELECT k.oid, c.oid::regclass || '.' || quote_ident(k.conname) AS name,
               'CONSTRAINT ' || quote_ident(k.conname) || ' ON ' || c.oid::regclass AS target,
               'ALTER TABLE ONLY ' || c.oid::regclass || E'\\n    ADD CONSTRAINT '
                 || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid) || ';' || %s
                 AS sql
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_index i ON i.indexrelid = k.conindid
        JOIN pg_class x ON x.oid = k.conindid
        WHERE k.contype IN ('p', 'u', 'x') AND c.relpersistence <> 't' AND %s
        """
            .formatted(INDEX_SETTINGS, USER_SCHEMA));
  }

  private static List<CatalogObject> foreignKeys(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.FOREIGN_KEY,
        "pg_constraint",
        """
        SELECT k.oid, c.oid::regclass || '.' || quote_ident(k.conname) AS name,
               'CONSTRAINT ' || quote_ident(k.conname) || ' ON ' || c.oid::regclass AS target,
               'ALTER TABLE ' || CASE c.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END
                 || c.oid::regclass || E'\\n    ADD CONSTRAINT ' || quote_ident(k.conname) || ' '
                 || pg_get_constraintdef(k.oid) || ';' AS sql
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relpersistence <> 't' AND %s
        """
            .formatted(USER_SCHEMA));
  }

  private static List<CatalogObject> indexes(CatalogSession session) throws SQLException {
    return session.objects(
        ObjectKind.INDEX,
        "pg_class",
        """
        SELECT x.oid, x.oid::regclass::text AS name, 'INDEX ' || x.oid::regclass AS target,
               pg_get_indexdef(x.oid) || ';' || %s AS sql
        FROM pg_index i
        JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't' AND %s
          AND (i.indisvalid OR c.relkind = 'p') AND i.indisready
          AND NOT EXISTS (SELECT FROM pg_constraint k
                          WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x'))
        """
            .formatted(INDEX_SETTINGS, USER_SCHEMA));
  }

  private static List<CatalogObject> attachments(CatalogSession session) throws SQLException {
    return session.list(
        """
        SELECT x.oid, x.oid::regclass::text AS name, h.inhparent,
               'ALTER INDEX ' || h.inhparent::regclass || ' ATTACH PARTITION '
                 || x.oid::regclass || ';' AS sql
        FROM pg_inherits h
        JOIN pg_class x ON x.oid = h.inhrelid AND x.relkind IN ('i', 'I')
        JOIN pg_namespace n ON n.oid = x.relnamespace
        WHERE %s
        """
            .formatted(USER_SCHEMA),
        row -> {
          long oid = row.getLong("oid");
          return new CatalogObject(
                  new ObjectId("index attach", oid),
                  ObjectKind.INDEX_ATTACH,
                  text(row, "name"),
                  "",
                  text(row, "sql"))
              .withAfter(
                  List.of(
                      new ObjectId("pg_class", oid),
                      new ObjectId("pg_class", row.getLong("inhparent"))));
        });
  }
}
