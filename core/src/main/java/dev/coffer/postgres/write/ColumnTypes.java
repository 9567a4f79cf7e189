package dev.coffer.postgres.write;

import dev.coffer.model.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Asks for the types of columns whose values a program may know in their binary form. */
final class ColumnTypes {
  /** Objects that are not PostgreSQL's own have greater numbers: {@code FirstNormalObjectId}. */
  private static final int FIRST_OTHER = 16_384;

  private ColumnTypes() {}

  static Map<QualifiedName, Map<String, String>> of(Connection connection) throws SQLException {
    Map<QualifiedName, Map<String, String>> tables = new HashMap<>();
    Sql.list(
        connection,
        """
        SELECT n.nspname, c.relname, a.attname,
               CASE t.typtype WHEN 'e' THEN 'enum' ELSE t.typname END
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        WHERE c.oid >= %1$d AND c.relkind = 'r' AND a.attnum > 0
          AND (t.typtype = 'e' OR t.typtype = 'b' AND t.oid < %1$d)
        """
            .formatted(FIRST_OTHER),
        row ->
            tables
                .computeIfAbsent(
                    new QualifiedName(row.getString(1), row.getString(2)), any -> new HashMap<>())
                .put(row.getString(3), row.getString(4)));
    return tables;
  }
}
