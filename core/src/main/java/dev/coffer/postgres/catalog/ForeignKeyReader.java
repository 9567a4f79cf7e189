package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;

import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import java.sql.SQLException;
import java.util.List;

/**
 * Finds the links between tables. A partition has its own copy of a link that its parent declares;
 * the copies that the server makes for each partition on the other side are left out.
 */
final class ForeignKeyReader {

  private ForeignKeyReader() {}

  static List<ForeignKey> read(CatalogSession session) throws SQLException {
    return session.list(
        """
        SELECT k.conname, n.nspname, c.relname, tn.nspname AS target_schema,
               t.relname AS target_name, k.confdeltype, k.condeferrable, k.convalidated,
               (SELECT array_agg(a.attname::text ORDER BY x.position)
                FROM unnest(k.conkey) WITH ORDINALITY AS x (attnum, position)
                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.attnum)
                 AS columns,
               (SELECT array_agg(a.attname::text ORDER BY x.position)
                FROM unnest(k.confkey) WITH ORDINALITY AS x (attnum, position)
                JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = x.attnum)
                 AS target_columns
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_class t ON t.oid = k.confrelid
        JOIN pg_namespace tn ON tn.oid = t.relnamespace
        LEFT JOIN pg_constraint parent ON parent.oid = k.conparentid
        WHERE k.contype = 'f' AND c.relpersistence <> 't'
          AND (parent.oid IS NULL OR parent.conrelid <> k.conrelid) AND %s
        ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", k.conname COLLATE "C"
        """
            .formatted(USER_SCHEMA),
        row ->
            new ForeignKey(
                row.getString("conname"),
                new QualifiedName(row.getString("nspname"), row.getString("relname")),
                CatalogSession.texts(row, "columns"),
                new QualifiedName(row.getString("target_schema"), row.getString("target_name")),
                CatalogSession.texts(row, "target_columns"),
                onDelete(row.getString("confdeltype")),
                row.getBoolean("condeferrable"),
                row.getBoolean("convalidated")));
  }

  private static String onDelete(String code) {
    return switch (code) {
      case "r" -> "RESTRICT";
      case "c" -> "CASCADE";
      case "n" -> "SET NULL";
      case "d" -> "SET DEFAULT";
      default -> "NO ACTION";
    };
  }
}
