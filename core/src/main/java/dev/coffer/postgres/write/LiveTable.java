package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A table as it stands in the database that is to be changed.
 *
 * @param columns in the catalog's order
 */
public record LiveTable(QualifiedName name, long oid, List<LiveColumn> columns) {

  /**
   * A column.
   *
   * @param type with modifiers
   * @param base what a domain is over in the end; the same as {@code type} for all others
   * @param domain whether the type is a domain, whose constraints hold for whatever is put in
   * @param filled whether a row that does not give it gets a value
   */
  public record LiveColumn(
      String name,
      String type,
      String base,
      boolean domain,
      boolean notNull,
      boolean filled,
      boolean computed) {}

  public LiveTable {
    columns = List.copyOf(columns);
  }

  static Map<QualifiedName, LiveTable> read(Connection connection, List<QualifiedName> names)
      throws SQLException {
    Map<QualifiedName, Long> oids = new LinkedHashMap<>();
    Map<QualifiedName, List<LiveColumn>> columns = new HashMap<>();
    if (names.isEmpty()) {
      return Map.of();
    }
    String list =
        names.stream()
            .map(name ->
                "("
                    + Identifiers.literal(name.schema())
                    + ","
                    + Identifiers.literal(name.name())
                    + ")")
            .collect(Collectors.joining(","));
    Sql.list(
        connection,
        """
        SELECT n.nspname, c.relname, c.oid::int8 AS oid, a.attname,
               format_type(a.atttypid, a.atttypmod) AS type,
               CASE WHEN t.typtype = 'd' THEN (
                 WITH RECURSIVE below (type, modifier) AS (
                   SELECT t.typbasetype, t.typtypmod
                   UNION ALL
                   SELECT d.typbasetype, d.typtypmod FROM below
                   JOIN pg_catalog.pg_type d ON d.oid = below.type AND d.typtype = 'd')
                 SELECT format_type(below.type, below.modifier) FROM below
                 JOIN pg_catalog.pg_type d ON d.oid = below.type AND d.typtype <> 'd')
               ELSE format_type(a.atttypid, a.atttypmod) END AS base, t.typtype = 'd' AS domain,
               a.attnotnull OR t.typnotnull AS not_null,
               a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL AS filled,
               a.attgenerated <> '' AS computed
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute a
          ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        WHERE c.relkind = 'r' AND (n.nspname, c.relname) IN (%s)
        ORDER BY c.oid, a.attnum
        """
            .formatted(list),
        row -> {
          QualifiedName name = new QualifiedName(row.getString(1), row.getString(2));
          oids.put(name, row.getLong("oid"));
          List<LiveColumn> ofTable = columns.computeIfAbsent(name, any -> new ArrayList<>());
          if (row.getString("attname") != null) {
            ofTable.add(
                new LiveColumn(
                    row.getString("attname"),
                    row.getString("type"),
                    row.getString("base"),
                    row.getBoolean("domain"),
                    row.getBoolean("not_null"),
                    row.getBoolean("filled"),
                    row.getBoolean("computed")));
          }
          return name;
        });
    Map<QualifiedName, LiveTable> found = new LinkedHashMap<>();
    oids.forEach((name, oid) ->
        found.put(name, new LiveTable(name, oid, columns.getOrDefault(name, List.of()))));
    return found;
  }
}
