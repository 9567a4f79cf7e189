package dev.coffer.restore.record;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.RecordKind;
import dev.coffer.restore.record.RecordTree.Counts;
import dev.coffer.restore.record.RecordTree.Node;
import dev.coffer.restore.record.RecordTree.Role;
import dev.coffer.restore.record.RecordTree.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the tree that people see of the rows and their verdicts. */
final class TreeBuilder {
  private final Map<QualifiedName, List<String>> labels = new HashMap<>();
  private final Map<Item, List<Item>> children = new HashMap<>();

  TreeBuilder(Profile profile) {
    for (RecordKind kind : profile.records().values()) {
      labels.putIfAbsent(kind.table(), kind.label());
    }
  }

  RecordTree tree(List<Item> items, List<String> notes) {
    List<Item> roots = new ArrayList<>();
    for (Item item : items) {
      Optional<Item> above = item.role() == Role.ROOT ? Optional.empty() : item.shownBelow();
      above.ifPresentOrElse(
          parent -> children.computeIfAbsent(parent, any -> new ArrayList<>()).add(item),
          () -> roots.add(item));
    }
    List<Node> nodes = roots.stream().map(this::node).toList();
    return new RecordTree(nodes, counts(items), notes);
  }

  /** Made from the leaves upwards without recursion: a chain of rows may be long. */
  private Node node(Item root) {
    Map<Item, Node> made = new HashMap<>();
    List<Item> order = new ArrayList<>(List.of(root));
    for (int at = 0; at < order.size(); at++) {
      order.addAll(children.getOrDefault(order.get(at), List.of()));
    }
    for (Item item : order.reversed()) {
      List<Node> below = children.getOrDefault(item, List.of()).stream().map(made::get).toList();
      made.put(
          item,
          new Node(
              item.table(),
              item.shownKey(),
              label(item),
              item.role(),
              item.status(),
              item.conflict(),
              below));
    }
    return Objects.requireNonNull(made.get(root));
  }

  private String label(Item item) {
    Table table =
        item.before().map(TreeRow::table).orElseGet(() -> item.after().orElseThrow().table());
    return labels.getOrDefault(table.root(), List.of()).stream()
        .map(item::value)
        .flatMap(Optional::stream)
        .filter(value -> !value.isBlank())
        .collect(Collectors.joining(" "));
  }

  private static Map<String, Counts> counts(List<Item> items) {
    Map<String, List<Item>> byTable =
        items.stream()
            .collect(Collectors.groupingBy(Item::table, LinkedHashMap::new, Collectors.toList()));
    Map<String, Counts> counts = new LinkedHashMap<>();
    byTable.forEach((table, rows) ->
        counts.put(
            table,
            new Counts(
                count(rows, Status.TO_INSERT),
                count(rows, Status.DIFFERS),
                count(rows, Status.SAME),
                count(rows, Status.ONLY_LIVE),
                count(rows, Status.LEFT_ALONE),
                rows.stream().filter(item -> item.role() == Role.NEEDED).count())));
    return counts;
  }

  private static long count(List<Item> items, Status status) {
    return items.stream().filter(item -> item.status() == status).count();
  }
}
