package dev.coffer.restore.record;

import dev.coffer.model.Column;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.Link;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ties the tables of one database together, each partition by itself: foreign keys, and what
 * the profile says besides.
 */
public final class Relations {
  private final List<Table> tables;
  private final List<Relation> all = new ArrayList<>();
  private final Map<QualifiedName, List<Relation>> byParent = new HashMap<>();
  private final Map<QualifiedName, List<Relation>> byChild = new HashMap<>();
  private final List<String> impossible = new ArrayList<>();

  private Relations(List<Table> tables) {
    this.tables = tables;
  }

  /**
   * What ties tables together.
   *
   * @param followed links by which rows follow a record, from its own table only
   */
  public static Relations of(
      List<Table> tables, List<ForeignKey> foreignKeys, List<Link> links, List<Link> followed) {
    Relations relations = new Relations(tables);
    for (ForeignKey key : foreignKeys) {
      Link link = new Link(key.from(), key.columns(), key.to(), key.targetColumns());
      relations.add(Relation.Kind.FOREIGN_KEY, key.name(), link);
    }
    links.forEach(link -> relations.add(Relation.Kind.LINK, describe(link), link));
    followed.forEach(link -> relations.add(Relation.Kind.FOLLOWED, describe(link), link));
    return relations;
  }

  private static String describe(Link link) {
    return link.from() + " (" + String.join(", ", link.columns()) + ") to " + link.to();
  }

  private void add(Relation.Kind kind, String name, Link link) {
    for (Table child : parts(link.from())) {
      for (Table parent : parts(link.to())) {
        if (!stores(child, link.columns()) || !stores(parent, link.targetColumns())) {
          if (kind == Relation.Kind.FOREIGN_KEY) {
            impossible.add(name);
          }
          continue;
        }
        Relation relation =
            new Relation(kind, name, child, link.columns(), parent, link.targetColumns());
        if (all.stream().noneMatch(relation::sameColumnsAs)) {
          all.add(relation);
          byParent.computeIfAbsent(parent.name(), any -> new ArrayList<>()).add(relation);
          byChild.computeIfAbsent(child.name(), any -> new ArrayList<>()).add(relation);
        }
      }
    }
  }

  private List<Table> parts(QualifiedName name) {
    return tables.stream().filter(table -> table.isPartOf(name)).toList();
  }

  private static boolean stores(Table table, List<String> columns) {
    Set<String> stored = new LinkedHashSet<>();
    table.storedColumns().stream().map(Column::name).forEach(stored::add);
    return stored.containsAll(columns);
  }

  /** Foreign keys over columns that no row in the document has, since the server computes them. */
  List<String> impossible() {
    return impossible;
  }

  List<Relation> all() {
    return List.copyOf(all);
  }

  /** These tables, and all that a chain of relations leads to, in whatever direction. */
  Collection<Table> tiedTo(Collection<Table> from) {
    Map<QualifiedName, Table> found = new LinkedHashMap<>();
    List<Table> open = new ArrayList<>(from);
    for (int at = 0; at < open.size(); at++) {
      Table table = open.get(at);
      if (found.putIfAbsent(table.name(), table) == null) {
        below(table).forEach(relation -> open.add(relation.child()));
        byChild
            .getOrDefault(table.name(), List.of())
            .forEach(relation -> open.add(relation.parent()));
      }
    }
    return found.values();
  }

  /** By which rows may belong to rows of {@code parent}. */
  public List<Relation> below(Table parent) {
    return byParent.getOrDefault(parent.name(), List.of());
  }

  /** By which rows of {@code child} may need others. */
  public List<Relation> above(Table child) {
    return byChild.getOrDefault(child.name(), List.of()).stream()
        .filter(each -> each.kind() != Relation.Kind.FOLLOWED)
        .toList();
  }

  /** Every column of {@code table} that a relation looks at. */
  Set<String> columns(Table table) {
    Set<String> columns = new LinkedHashSet<>();
    byChild.getOrDefault(table.name(), List.of()).forEach(each -> columns.addAll(each.columns()));
    below(table).forEach(each -> columns.addAll(each.targetColumns()));
    return columns;
  }

  /**
   * The tables that can hold rows belonging to rows of {@code roots}, parents before children;
   * tables of one cycle are in one stage, and so are tables that need not wait for each other.
   */
  List<List<Table>> stages(Collection<Table> roots) {
    return new Stages(this, tables).below(roots);
  }
}
