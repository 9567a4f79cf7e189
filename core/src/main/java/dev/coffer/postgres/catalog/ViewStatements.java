package dev.coffer.postgres.catalog;

import static dev.coffer.postgres.catalog.CatalogSession.USER_SCHEMA;
import static dev.coffer.postgres.catalog.CatalogSession.notMember;
import static dev.coffer.postgres.catalog.CatalogSession.optionalText;
import static dev.coffer.postgres.catalog.CatalogSession.text;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Views, and materialized views with the step that fills them again. */
final class ViewStatements {
  private final Map<Long, List<TableColumns.Definition>> columns;
  private final List<CatalogObject> objects = new ArrayList<>();

  private ViewStatements(Map<Long, List<TableColumns.Definition>> columns) {
    this.columns = columns;
  }

  static List<CatalogObject> read(
      CatalogSession session, Map<Long, List<TableColumns.Definition>> columns)
      throws SQLException {
    ViewStatements statements = new ViewStatements(columns);
    session.list(
        """
        SELECT c.oid, c.oid::regclass::text AS name, c.relkind, c.relispopulated,
               rtrim(pg_get_viewdef(c.oid), ';') AS query, %1$s AS options,
               CASE WHEN m.amname <> 'heap' THEN quote_ident(m.amname) END AS method
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_am m ON m.oid = c.relam
        WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND %2$s AND %3$s
        """
            .formatted(
                TableStatements.options("c.reloptions", ""),
                USER_SCHEMA,
                notMember("pg_class", "c.oid")),
        statements::add);
    return statements.objects;
  }

  private boolean add(ResultSet row) throws SQLException {
    ObjectId id = new ObjectId("pg_class", row.getLong("oid"));
    String name = text(row, "name");
    String options = optionalText(row, "options");
    String with = options.isEmpty() ? "" : " WITH (" + options + ")";
    String query = text(row, "query");
    if (text(row, "relkind").equals("v")) {
      objects.add(
          new CatalogObject(
                  id,
                  ObjectKind.VIEW,
                  name,
                  "VIEW " + name,
                  "CREATE VIEW " + name + with + " AS\n" + query + ";")
              .withPlaceholder(standIn(id, name)));
      addDefaults(id, name);
      return true;
    }
    String method = optionalText(row, "method");
    StringBuilder sql = new StringBuilder("CREATE MATERIALIZED VIEW ").append(name);
    sql.append(method.isEmpty() ? "" : " USING " + method).append(with);
    sql.append(" AS\n").append(query).append("\n  WITH NO DATA;");
    for (TableColumns.Definition column : columnsOf(id)) {
      for (String setting : column.settings()) {
        sql.append("\nALTER MATERIALIZED VIEW " + name);
        sql.append(" ALTER COLUMN " + column.name() + " " + setting + ";");
      }
    }
    objects.add(
        new CatalogObject(
            id, ObjectKind.MATERIALIZED_VIEW, name, "MATERIALIZED VIEW " + name, sql.toString()));
    if (row.getBoolean("relispopulated")) {
      objects.add(
          new CatalogObject(
                  new ObjectId("refresh", id.oid()),
                  ObjectKind.REFRESH,
                  name,
                  "",
                  "REFRESH MATERIALIZED VIEW " + name + ";")
              .withAfter(List.of(id)));
    }
    return true;
  }

  private List<TableColumns.Definition> columnsOf(ObjectId id) {
    return columns.getOrDefault(id.oid(), List.of());
  }

  /** A view of the same columns that needs no other relation. */
  private String standIn(ObjectId id, String name) {
    return columnsOf(id).stream()
        .map(column ->
            "    NULL::"
                + column.type()
                + (column.collation().isEmpty() ? "" : " COLLATE " + column.collation())
                + " AS "
                + column.name())
        .collect(Collectors.joining(",\n", "CREATE VIEW " + name + " AS\nSELECT\n", ";"));
  }

  private void addDefaults(ObjectId id, String name) {
    for (TableColumns.Definition column : columnsOf(id)) {
      if (column.defaultOid() != 0) {
        objects.add(TableStatements.defaultOf(id, column, "ALTER VIEW " + name, name));
      }
    }
  }
}
