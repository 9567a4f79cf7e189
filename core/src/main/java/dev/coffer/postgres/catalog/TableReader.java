package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;

import dev.coffer.model.Column;
import dev.coffer.model.Column.Generation;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds every table whose rows a backup holds. */
final class TableReader {

  /** Which relations hold rows of the user's; the relation goes by {@code c}. */
  private static final String HOLDS_ROWS =
      """
       c.relkind = 'r' AND c.relpersistence <> 't'
       AND NOT EXISTS (
         SELECT FROM pg_depend e
         JOIN pg_extension x ON e.refclassid = 'pg_extension'::regclass AND x.oid = e.refobjid
         WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.objsubid = 0
           AND e.deptype = 'e' AND NOT c.oid = ANY (coalesce(x.extconfig, '{}')))
       AND\
      """
          + USER_SCHEMA;

  private final CatalogSession session;

  TableReader(CatalogSession session) {
    this.session = session;
  }

  List<Table> read() throws SQLException {
    Map<Long, List<Column>> columns = columns();
    Map<Long, List<Key>> keys = keys();
    Map<Long, List<QualifiedName>> ancestors = ancestors();
    List<Table> tables =
        session.list(
            """
            SELECT c.oid, n.nspname, c.relname, c.relispartition, c.relpersistence
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE (c.relpersistence = 'p' OR NOT pg_is_in_recovery()) AND %s
            ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
            """
                .formatted(HOLDS_ROWS),
            row -> {
              long oid = row.getLong("oid");
              QualifiedName name =
                  new QualifiedName(row.getString("nspname"), row.getString("relname"));
              return table(
                  name,
                  kind(row),
                  columns.getOrDefault(oid, List.of()),
                  keys.getOrDefault(oid, List.of()),
                  ancestors.getOrDefault(oid, List.of()));
            });
    if (largeObjects()) {
      tables.add(largeObjectTable());
    }
    return tables;
  }

  private static Table table(
      QualifiedName name,
      Table.Kind kind,
      List<Column> columns,
      List<Key> keys,
      List<QualifiedName> ancestors) {
    List<String> primaryKey =
        keys.stream().filter(Key::primary).map(Key::columns).findFirst().orElse(List.of());
    List<List<String>> uniqueKeys =
        keys.stream().filter(key -> !key.primary()).map(Key::columns).distinct().toList();
    return new Table(name, name.toString(), kind, columns, primaryKey, uniqueKeys, "", ancestors);
  }

  private static Table.Kind kind(ResultSet row) throws SQLException {
    if (row.getString("relpersistence").equals("u")) {
      return Table.Kind.UNLOGGED;
    }
    return row.getBoolean("relispartition") ? Table.Kind.PARTITION : Table.Kind.TABLE;
  }

  /** The partitioned tables above each partition, the nearest first. */
  private Map<Long, List<QualifiedName>> ancestors() throws SQLException {
    Map<Long, List<QualifiedName>> ancestors = new HashMap<>();
    session.list(
        """
        WITH RECURSIVE above (leaf, ancestor, distance) AS (
          SELECT i.inhrelid, i.inhparent, 1 FROM pg_inherits i
          JOIN pg_class c ON c.oid = i.inhrelid AND c.relispartition AND c.relkind = 'r'
          UNION ALL
          SELECT above.leaf, i.inhparent, above.distance + 1 FROM above
          JOIN pg_class c ON c.oid = above.ancestor AND c.relispartition
          JOIN pg_inherits i ON i.inhrelid = above.ancestor
        )
        SELECT above.leaf, n.nspname, c.relname FROM above
        JOIN pg_class c ON c.oid = above.ancestor
        JOIN pg_namespace n ON n.oid = c.relnamespace
        ORDER BY above.leaf, above.distance
        """,
        row ->
            ancestors
                .computeIfAbsent(row.getLong("leaf"), oid -> new ArrayList<>())
                .add(new QualifiedName(row.getString("nspname"), row.getString("relname"))));
    return ancestors;
  }

  /** A domain's values look like those of the type that it is, in the end, based on. */
  private Map<Long, List<Column>> columns() throws SQLException {
    Map<Long, List<Column>> columns = new HashMap<>();
    session.list(
        """
        WITH RECURSIVE based (type, base) AS (
          SELECT oid, typbasetype FROM pg_type WHERE typtype = 'd'
          UNION ALL
          SELECT based.type, t.typbasetype FROM based
          JOIN pg_type t ON t.oid = based.base AND t.typtype = 'd'
        ), base AS (
          SELECT based.type, based.base FROM based
          JOIN pg_type t ON t.oid = based.base AND t.typtype <> 'd'
        )
        SELECT a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
               a.attidentity, a.attgenerated,
               CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname ELSE '' END
                 AS base
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN base ON base.type = a.atttypid
        JOIN pg_type t ON t.oid = coalesce(base.base, a.atttypid)
        WHERE a.attnum > 0 AND NOT a.attisdropped AND %s
        ORDER BY a.attrelid, a.attnum
        """
            .formatted(HOLDS_ROWS),
        row ->
            columns
                .computeIfAbsent(row.getLong("attrelid"), oid -> new ArrayList<>())
                .add(column(row)));
    return columns;
  }

  private static Column column(ResultSet row) throws SQLException {
    String name = row.getString("attname");
    Generation generation =
        switch (row.getString("attidentity") + row.getString("attgenerated")) {
          case "a" -> Generation.IDENTITY_ALWAYS;
          case "d" -> Generation.IDENTITY_BY_DEFAULT;
          case "s" -> Generation.STORED;
          case "v" -> Generation.VIRTUAL;
          default -> Generation.NONE;
        };
    return new Column(
        name,
        name,
        row.getString("type"),
        ValueKind.ofBaseType(row.getString("base")),
        row.getBoolean("attnotnull"),
        false,
        generation);
  }

  private record Key(boolean primary, List<String> columns) {}

  /** Unique indexes on plain columns of whole tables: those that tell rows apart. */
  private Map<Long, List<Key>> keys() throws SQLException {
    Map<Long, List<Key>> keys = new HashMap<>();
    session.list(
        """
        SELECT i.indrelid, i.indisprimary,
               (SELECT array_agg(a.attname::text ORDER BY k.position)
                FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE k.position <= i.indnkeyatts) AS columns
        FROM pg_index i
        JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL AND %s
        ORDER BY i.indrelid, x.relname COLLATE "C"
        """
            .formatted(HOLDS_ROWS),
        row ->
            keys.computeIfAbsent(row.getLong("indrelid"), oid -> new ArrayList<>())
                .add(
                    new Key(row.getBoolean("indisprimary"), CatalogSession.texts(row, "columns"))));
    return keys;
  }

  private boolean largeObjects() throws SQLException {
    return session
        .list("SELECT EXISTS (SELECT FROM pg_largeobject_metadata)", row -> row.getBoolean(1))
        .getFirst();
  }

  private static Table largeObjectTable() {
    return table(
        new QualifiedName("pg_catalog", "pg_largeobject"),
        Table.Kind.LARGE_OBJECTS,
        List.of(
            largeObjectColumn("oid", "oid", ValueKind.NUMBER),
            largeObjectColumn("page", "integer", ValueKind.NUMBER),
            largeObjectColumn("data", "bytea", ValueKind.TEXT)),
        List.of(new Key(true, List.of("oid", "page"))),
        List.of());
  }

  private static Column largeObjectColumn(String name, String type, ValueKind kind) {
    return new Column(name, name, type, kind, true, false, Generation.NONE);
  }
}
