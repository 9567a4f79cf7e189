package dev.coffer.postgres.write;

import dev.coffer.model.QualifiedName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The foreign keys of a database, and which tables are partitions of which: a key that names a
 * partitioned table is about the rows of its leaves.
 */
final class Links {

  /**
   * A table at one end of a foreign key.
   *
   * @param partitioned whether its rows lie in partitions
   */
  record End(long oid, QualifiedName name, boolean partitioned) {
    /** What a query reads it by. */
    String from() {
      return (partitioned ? "" : "ONLY ") + name.sql();
    }
  }

  /**
   * A foreign key.
   *
   * @param top whether it is declared, rather than one of the server's copies for partitions
   * @param ownCopy whether it is the one that the child's own rows are checked by
   * @param operators each compares a column of the parent, left, with one of the child
   * @param sameTarget each compares a column of the parent with a value of the same column
   * @param full whether a partly null reference is refused
   * @param checked whether rows that are written have to obey
   * @param period whether it is about periods, which equality does not tell
   */
  record Link(
      long oid,
      String name,
      End child,
      List<String> columns,
      End parent,
      List<String> targets,
      List<String> operators,
      List<String> sameTarget,
      boolean top,
      boolean ownCopy,
      boolean full,
      boolean checked,
      boolean period,
      String definition,
      String comment) {}

  private static final String LINKS =
      """
      SELECT k.oid::int8 AS oid, k.conname, c.oid::int8 AS child, cn.nspname AS child_schema,
             c.relname AS child_name, c.relkind = 'p' AS child_partitioned,
             p.oid::int8 AS parent, pn.nspname AS parent_schema, p.relname AS parent_name,
             p.relkind = 'p' AS parent_partitioned,
             ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS x (num, at)
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.num
                   ORDER BY x.at) AS columns,
             ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS x (num, at)
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = p.oid AND a.attnum = x.num
                   ORDER BY x.at) AS targets,
             ARRAY(SELECT 'OPERATOR(' || quote_ident(o_n.nspname) || '.' || o.oprname || ')'
                   FROM unnest(k.conpfeqop) WITH ORDINALITY AS x (op, at)
                   JOIN pg_catalog.pg_operator o ON o.oid = x.op
                   JOIN pg_catalog.pg_namespace o_n ON o_n.oid = o.oprnamespace
                   ORDER BY x.at) AS operators,
             ARRAY(SELECT 'OPERATOR(' || quote_ident(o_n.nspname) || '.' || o.oprname || ')'
                   FROM unnest(k.conppeqop) WITH ORDINALITY AS x (op, at)
                   JOIN pg_catalog.pg_operator o ON o.oid = x.op
                   JOIN pg_catalog.pg_namespace o_n ON o_n.oid = o.oprnamespace
                   ORDER BY x.at) AS same_target,
             k.conparentid = 0 AS top,
             k.conparentid = 0 OR up.conrelid <> k.conrelid AS own_copy,
             k.confmatchtype = 'f' AS is_full,
             k.convalidated AND coalesce((to_jsonb(k) ->> 'conenforced')::bool, true) AS checked,
             coalesce((to_jsonb(k) ->> 'conperiod')::bool, false) AS period,
             pg_get_constraintdef(k.oid) AS definition,
             coalesce(obj_description(k.oid, 'pg_constraint'), '') AS comment
      FROM pg_catalog.pg_constraint k
      JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
      JOIN pg_catalog.pg_namespace cn ON cn.oid = c.relnamespace
      JOIN pg_catalog.pg_class p ON p.oid = k.confrelid
      JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
      LEFT JOIN pg_catalog.pg_constraint up ON up.oid = k.conparentid
      WHERE k.contype = 'f' AND c.relpersistence <> 't'
      ORDER BY k.oid
      """;

  private static final String PARTITIONS =
      """
      SELECT i.inhrelid::int8, i.inhparent::int8 FROM pg_catalog.pg_inherits i
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid WHERE c.relispartition
      """;

  private final List<Link> links;
  private final Map<Long, Long> partitionOf;

  private Links(List<Link> links, Map<Long, Long> partitionOf) {
    this.links = links;
    this.partitionOf = partitionOf;
  }

  static Links read(Connection connection) throws SQLException {
    Map<Long, Long> partitionOf = new HashMap<>();
    Sql.list(
        connection, PARTITIONS, row -> partitionOf.put(row.getLong(1), row.getLong(2)) == null);
    return new Links(Sql.list(connection, LINKS, Links::link), partitionOf);
  }

  private static Link link(ResultSet row) throws SQLException {
    return new Link(
        row.getLong("oid"),
        row.getString("conname"),
        new End(
            row.getLong("child"),
            new QualifiedName(row.getString("child_schema"), row.getString("child_name")),
            row.getBoolean("child_partitioned")),
        Sql.texts(row, "columns"),
        new End(
            row.getLong("parent"),
            new QualifiedName(row.getString("parent_schema"), row.getString("parent_name")),
            row.getBoolean("parent_partitioned")),
        Sql.texts(row, "targets"),
        Sql.texts(row, "operators"),
        Sql.texts(row, "same_target"),
        row.getBoolean("top"),
        row.getBoolean("own_copy"),
        row.getBoolean("is_full"),
        row.getBoolean("checked"),
        row.getBoolean("period"),
        row.getString("definition"),
        row.getString("comment"));
  }

  /** The keys that rows of a table have to obey. */
  List<Link> from(long table) {
    return links.stream().filter(link -> link.child.oid == table && link.ownCopy).toList();
  }

  /** The declared keys that point to rows of a table. */
  List<Link> to(long table) {
    Set<Long> family = family(table);
    return links.stream().filter(link -> link.top && family.contains(link.parent.oid)).toList();
  }

  /** The declared keys that have to do with rows of these tables, on either side. */
  List<Link> about(Set<Long> tables) {
    Set<Long> families = new HashSet<>();
    tables.forEach(table -> families.addAll(family(table)));
    return links.stream()
        .filter(link -> link.top)
        .filter(link -> families.contains(link.parent.oid) || families.contains(link.child.oid))
        .toList();
  }

  /** The tables on the other side of these tables' keys. */
  List<End> neighbours(Set<Long> tables) {
    Map<Long, End> found = new LinkedHashMap<>();
    for (Link link : about(tables)) {
      for (End end : List.of(link.parent, link.child)) {
        if (!tables.contains(end.oid)) {
          found.put(end.oid, end);
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** The tables that hold a table's rows: itself, or its partitions. */
  Set<Long> leaves(long table) {
    Set<Long> leaves = new HashSet<>();
    for (Map.Entry<Long, Long> partition : partitionOf.entrySet()) {
      if (partition.getValue() == table) {
        leaves.addAll(leaves(partition.getKey()));
      }
    }
    return leaves.isEmpty() ? Set.of(table) : leaves;
  }

  /** A table and those that it is a partition of. */
  Set<Long> family(long table) {
    Set<Long> family = new HashSet<>();
    Long next = table;
    while (next != null) {
      family.add(next);
      next = partitionOf.get(next);
    }
    return family;
  }
}
