package dev.coffer.insight;

import static dev.coffer.model.Identifiers.quote;

import dev.coffer.model.Column;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.Link;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the links that nothing guarantees, and how to ask the database about them. */
final class Orphans {

  /** Types that compare with one another; values of all others are compared as text. */
  private static final List<Set<String>> COMPARABLE =
      List.of(
          Set.of("text", "character varying"),
          Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision"),
          Set.of("uuid"),
          Set.of("date"));

  private final Map<QualifiedName, Table> tables = new LinkedHashMap<>();

  Orphans(List<Table> tables) {
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  List<OrphanQuery> queries(List<Link> links, List<ForeignKey> foreignKeys) {
    Set<Link> settled = new HashSet<>();
    List<OrphanQuery> queries = new ArrayList<>();
    for (ForeignKey key : foreignKeys) {
      Link link = new Link(key.from(), key.columns(), key.to(), key.targetColumns());
      if (settled.add(link) && !key.validated()) {
        query(link, true).ifPresent(queries::add);
      }
    }
    for (Link link : links) {
      boolean known = tables.containsKey(link.to());
      if (known && !settled.contains(link) && settled.add(link)) {
        query(link, false).ifPresent(queries::add);
      }
    }
    return queries;
  }

  /**
   * How to ask about one link.
   *
   * @param declared by a constraint: PostgreSQL has seen to it that the columns exist and compare
   */
  private Optional<OrphanQuery> query(Link link, boolean declared) {
    Table from = tables.get(link.from());
    if (from == null) {
      return Optional.empty();
    }
    List<Column> columns = columns(from, link.columns());
    Table to = tables.get(link.to());
    List<Column> targets = to == null ? List.of() : columns(to, link.targetColumns());
    boolean complete =
        columns.size() == link.columns().size()
            && (declared || targets.size() == link.targetColumns().size());
    return complete
        ? Optional.of(
            new OrphanQuery(
                from.logicalName(),
                columns.stream().map(Column::key).collect(Collectors.joining(",")),
                sql(from, link, to != null, declared ? List.of() : targets, columns)))
        : Optional.empty();
  }

  private static List<Column> columns(Table table, List<String> names) {
    return names.stream()
        .flatMap(name -> table.columns().stream().filter(column -> column.name().equals(name)))
        .toList();
  }

  /**
   * {@code ONLY} because a key neither covers nor reaches the tables that inherit from a table; a
   * partitioned target is in no list of tables with rows and must be asked as a whole.
   */
  private static String sql(
      Table from, Link link, boolean plainTarget, List<Column> targets, List<Column> columns) {
    String present =
        link.columns().stream()
            .map(column -> "child." + quote(column) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    String equal =
        IntStream.range(0, link.columns().size())
            .mapToObj(at -> {
              boolean asText = !targets.isEmpty() && !comparable(columns.get(at), targets.get(at));
              String cast = asText ? "::text" : "";
              return "parent."
                  + quote(link.targetColumns().get(at))
                  + cast
                  + " = child."
                  + quote(link.columns().get(at))
                  + cast;
            })
            .collect(Collectors.joining(" AND "));
    String id = id(from);
    return "WITH orphan AS MATERIALIZED (SELECT "
        + (id.isEmpty() ? "NULL::text" : id)
        + " AS id FROM ONLY "
        + from.name().sql()
        + " AS child WHERE "
        + present
        + " AND NOT EXISTS (SELECT FROM "
        + (plainTarget ? "ONLY " : "")
        + link.to().sql()
        + " AS parent WHERE "
        + equal
        + ")) SELECT (SELECT count(*) FROM orphan), ARRAY(SELECT id FROM orphan WHERE id IS NOT NULL"
        + " ORDER BY id COLLATE \"C\" LIMIT "
        + FlaggedIds.KEPT
        + ")";
  }

  private static boolean comparable(Column left, Column right) {
    return COMPARABLE.stream()
        .anyMatch(family ->
            family.contains(withoutModifier(left.type()))
                && family.contains(withoutModifier(right.type())));
  }

  private static String withoutModifier(String type) {
    int bracket = type.indexOf('(');
    return bracket < 0 ? type : type.substring(0, bracket);
  }

  /** The row's id as {@link TableInsight} writes it; empty where rows cannot be named. */
  private static String id(Table table) {
    if (TablePlan.idColumns(table).isEmpty()) {
      return "";
    }
    return table.primaryKey().stream()
        .map(column -> "child." + quote(column) + "::text")
        .collect(
            Collectors.joining(", ", "left(concat_ws(',', ", "), " + FlaggedIds.LONGEST + ")"));
  }
}
