package dev.coffer.restore.record;

import dev.coffer.restore.record.RecordTree.Counts;
import dev.coffer.restore.record.RecordTree.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tree as an object for programs: values are String, Long, List or Map, in order. */
public final class RecordJson {

  private RecordJson() {}

  /** {@code records}, {@code tables} and {@code notes}. */
  public static Map<String, Object> of(RecordTree tree) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("records", tree.roots().stream().map(RecordJson::node).toList());
    Map<String, Object> tables = new LinkedHashMap<>();
    tree.tables().forEach((table, counts) -> tables.put(table, counts(counts)));
    object.put("tables", tables);
    object.put("notes", tree.notes());
    return object;
  }

  private static Map<String, Object> counts(Counts counts) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("toInsert", counts.toInsert());
    object.put("differ", counts.differ());
    object.put("same", counts.same());
    object.put("onlyLive", counts.onlyLive());
    object.put("leftAlone", counts.leftAlone());
    object.put("needed", counts.needed());
    return object;
  }

  /** From the leaves upwards, without recursion: a chain of rows may be long. */
  private static Map<String, Object> node(Node root) {
    Map<Integer, Map<String, Object>> made = new HashMap<>();
    List<Node> order = new ArrayList<>(List.of(root));
    List<Integer> firstChild = new ArrayList<>();
    for (int at = 0; at < order.size(); at++) {
      firstChild.add(order.size());
      order.addAll(order.get(at).children());
    }
    for (int at = order.size() - 1; at >= 0; at--) {
      Node node = order.get(at);
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("table", node.table());
      object.put("key", node.key());
      if (!node.label().isEmpty()) {
        object.put("label", node.label());
      }
      object.put("role", node.role().word());
      object.put("status", node.status().word());
      node.conflict()
          .ifPresent(conflict -> {
            object.put("conflict", conflict.reason().name());
            object.put("detail", conflict.detail());
          });
      List<Object> children = new ArrayList<>();
      for (int child = 0; child < node.children().size(); child++) {
        children.add(made.getOrDefault(firstChild.get(at) + child, Map.of()));
      }
      if (!children.isEmpty()) {
        object.put("children", children);
      }
      made.put(at, object);
    }
    return made.getOrDefault(0, Map.of());
  }
}
