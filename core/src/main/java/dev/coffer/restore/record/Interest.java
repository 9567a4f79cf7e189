package dev.coffer.restore.record;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which columns' values are kept with each row: keys, links, and what people call a row by. */
final class Interest {
  private final Relations relations;
  private final Map<QualifiedName, List<String>> labels;
  private final Map<QualifiedName, Set<String>> columns = new ConcurrentHashMap<>();

  /**
   * @param labels and other columns that matter, by table
   */
  Interest(Relations relations, Map<QualifiedName, List<String>> labels) {
    this.relations = relations;
    this.labels = Map.copyOf(labels);
  }

  Set<String> columns(Table table) {
    return columns.computeIfAbsent(
        table.name(),
        name -> {
          Set<String> all = new HashSet<>(relations.columns(table));
          all.addAll(table.primaryKey());
          table.uniqueKeys().forEach(all::addAll);
          all.addAll(labels.getOrDefault(name, List.of()));
          CreationTime.column(table).ifPresent(all::add);
          return all;
        });
  }
}
