package dev.coffer.cli.restore.tree;

import dev.coffer.cli.terminal.Words;
import dev.coffer.restore.record.RecordTree;
import dev.coffer.restore.record.RecordTree.Node;
import dev.coffer.restore.record.RecordTree.Role;
import dev.coffer.restore.record.RecordTree.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Draws a record's tree in lines of text. Rows hang on the row that they belong to, table by table;
 * of many rows of a table the first are shown and the rest are counted. What needs attention is
 * shown first. A long tree is cut; what a person should know besides is told elsewhere.
 */
public final class TreeText {
  private static final int KEY_WIDTH = 60;

  /** Nobody reads more; the table of counts has them all. */
  private static final int MOST_LINES = 200;

  /** Deeper rows are counted only. */
  private static final int DEEPEST = 12;

  private final Branches branches;
  private final int shown;
  private final List<String> lines = new ArrayList<>();

  private TreeText(Branches branches, int shown) {
    this.branches = branches;
    this.shown = shown;
  }

  /**
   * The lines of a tree.
   *
   * @param shown how many rows of a table are shown below each row
   */
  public static List<String> lines(RecordTree tree, Branches branches, int shown) {
    TreeText text = new TreeText(branches, shown);
    for (Node root : tree.roots()) {
      text.lines.add(title(root));
      text.below(root, "", 1);
    }
    List<String> lines = text.lines;
    return lines.size() <= MOST_LINES
        ? List.copyOf(lines)
        : Stream.concat(lines.stream().limit(MOST_LINES), Stream.of(branches.more())).toList();
  }

  private void below(Node parent, String indent, int depth) {
    Map<String, List<Node>> tables =
        parent.children().stream()
            .collect(Collectors.groupingBy(Node::table, LinkedHashMap::new, Collectors.toList()));
    List<List<Node>> groups = List.copyOf(tables.values());
    for (int i = 0; i < groups.size(); i++) {
      group(groups.get(i), i == groups.size() - 1, indent, depth);
    }
  }

  private void group(List<Node> rows, boolean lastGroup, String indent, int depth) {
    List<Node> order = new ArrayList<>(rows.stream().filter(TreeText::needsAttention).toList());
    rows.stream().filter(row -> !needsAttention(row)).forEach(order::add);
    int count = depth > DEEPEST ? 0 : Math.min(shown, order.size());
    for (int i = 0; i < count; i++) {
      boolean last = lastGroup && i == order.size() - 1;
      lines.add(indent + branches.to(last) + title(order.get(i)));
      below(order.get(i), indent + branches.past(last), depth + 1);
    }
    List<Node> rest = order.subList(count, order.size());
    if (!rest.isEmpty()) {
      String what = rest.getFirst().table() + summary(rest);
      lines.add(
          "%s%s%s and %s more %s"
              .formatted(
                  indent, branches.to(lastGroup), branches.more(), Words.count(rest.size()), what));
    }
  }

  private static boolean needsAttention(Node row) {
    return row.conflict().isPresent() || row.role() == Role.NEEDED;
  }

  private static String summary(List<Node> rows) {
    Map<Status, Long> counts =
        rows.stream()
            .collect(
                Collectors.groupingBy(Node::status, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> Words.count(entry.getValue()) + " " + entry.getKey().word())
        .collect(Collectors.joining(", ", " (", ")"));
  }

  private static String title(Node row) {
    StringBuilder title = new StringBuilder(row.table());
    if (!row.key().isEmpty()) {
      title.append('/').append(Words.cut(String.join(",", row.key()), KEY_WIDTH));
    }
    if (!row.label().isEmpty()) {
      title.append("  ").append(Words.cut(row.label(), KEY_WIDTH));
    }
    title.append("  ").append(row.role() == Role.NEEDED ? "needed, " : "");
    title.append(row.status().word());
    row.conflict().ifPresent(conflict -> title.append(": ").append(conflict.detail()));
    return Words.harmless(title.toString());
  }
}
