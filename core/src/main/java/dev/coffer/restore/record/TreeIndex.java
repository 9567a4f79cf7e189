package dev.coffer.restore.record;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tree's rows of the backup by the values that others refer to. For one thread. */
final class TreeIndex {
  private final List<Item> items = new ArrayList<>();
  private final Map<Way, Map<Key, Item>> ways = new HashMap<>();

  private record Way(QualifiedName table, List<String> columns) {}

  void add(List<Item> more) {
    items.addAll(more);
    ways.clear();
  }

  List<Item> items() {
    return items;
  }

  /** The row whose columns have these values. */
  Optional<Item> find(Table table, List<String> columns, Key key) {
    return Optional.ofNullable(
        ways.computeIfAbsent(new Way(table.name(), columns), this::index).get(key));
  }

  /** The row that a row refers to. */
  Optional<Item> parent(Relation relation, Item child) {
    return child
        .key(relation.columns())
        .flatMap(key -> find(relation.parent(), relation.targetColumns(), key));
  }

  private Map<Key, Item> index(Way way) {
    Map<Key, Item> index = new HashMap<>();
    for (Item item : items) {
      item.before()
          .filter(row -> row.table().name().equals(way.table()))
          .flatMap(row -> row.key(way.columns()))
          .ifPresent(key -> index.putIfAbsent(key, item));
    }
    return index;
  }
}
