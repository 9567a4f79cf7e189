package dev.coffer.restore.record;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Orders tables so that parents come before children. A table's stage is the longest way to it from
 * a root, where a cycle counts as one table: reachability is compared, which for the few hundred
 * tables of a database costs nothing.
 */
final class Stages {
  private final Relations relations;
  private final Map<QualifiedName, Table> tables = new HashMap<>();
  private final Map<QualifiedName, Set<QualifiedName>> reached = new HashMap<>();
  private final Map<QualifiedName, Integer> stages = new HashMap<>();

  Stages(Relations relations, List<Table> tables) {
    this.relations = relations;
    tables.forEach(table -> this.tables.put(table.name(), table));
  }

  List<List<Table>> below(Collection<Table> roots) {
    Set<QualifiedName> all = new HashSet<>();
    for (Table root : roots) {
      all.add(root.name());
      all.addAll(reach(root.name()));
    }
    Map<Integer, List<Table>> byStage = new TreeMap<>();
    for (Table table : tables.values()) {
      if (all.contains(table.name())) {
        byStage.computeIfAbsent(stage(table.name(), all), number -> new ArrayList<>()).add(table);
      }
    }
    return List.copyOf(byStage.values());
  }

  /** Everything below a table; the table itself only if it is part of a cycle. */
  private Set<QualifiedName> reach(QualifiedName from) {
    Set<QualifiedName> known = reached.get(from);
    if (known != null) {
      return known;
    }
    Set<QualifiedName> found = new HashSet<>();
    List<QualifiedName> open = new ArrayList<>(List.of(from));
    while (!open.isEmpty()) {
      for (QualifiedName child : children(open.removeLast())) {
        if (found.add(child)) {
          open.add(child);
        }
      }
    }
    reached.put(from, found);
    return found;
  }

  private List<QualifiedName> children(QualifiedName parent) {
    Table table = tables.get(parent);
    return table == null
        ? List.of()
        : relations.below(table).stream().map(relation -> relation.child().name()).toList();
  }

  private boolean inOneCycle(QualifiedName one, QualifiedName other) {
    return reach(one).contains(other) && reach(other).contains(one);
  }

  private int stage(QualifiedName table, Set<QualifiedName> all) {
    Integer known = stages.get(table);
    if (known != null) {
      return known;
    }
    int stage = 0;
    for (QualifiedName above : all) {
      boolean before =
          !above.equals(table) && reach(above).contains(table) && !inOneCycle(above, table);
      if (before) {
        stage = Math.max(stage, stage(above, all) + 1);
      }
    }
    stages.put(table, stage);
    return stage;
  }
}
