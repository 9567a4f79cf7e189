package dev.coffer.cli.restore;

import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Words;
import dev.coffer.restore.record.RecordTree;
import java.util.ArrayDeque;
import java.util.Deque;

/** Draws a record and what belongs to it, a line for each row. */
final class TreeText {
  /** A tree of more rows than a person reads is cut; the table below counts them all. */
  private static final int MOST_LINES = 200;

  private final Printer printer;
  private final boolean unicode;

  TreeText(Printer printer, boolean unicode) {
    this.printer = printer;
    this.unicode = unicode;
  }

  /** A row to draw; without recursion, since a chain of rows may be long. */
  private record Line(RecordTree.Node node, String indent, String branch, String below) {}

  void print(RecordTree tree) {
    Deque<Line> lines = new ArrayDeque<>();
    for (RecordTree.Node root : tree.roots().reversed()) {
      lines.push(new Line(root, "  ", "", ""));
    }
    int printed = 0;
    while (!lines.isEmpty()) {
      if (printed++ == MOST_LINES) {
        printer.line("  ...");
        return;
      }
      Line line = lines.pop();
      printer.line(line.indent() + line.branch() + text(line.node()));
      for (int i = line.node().children().size() - 1; i >= 0; i--) {
        boolean last = i == line.node().children().size() - 1;
        lines.push(
            new Line(
                line.node().children().get(i),
                line.indent() + line.below(),
                last ? pick("└─ ", "`- ") : pick("├─ ", "|- "),
                last ? "   " : pick("│  ", "|  ")));
      }
    }
  }

  private String pick(String drawn, String plain) {
    return unicode ? drawn : plain;
  }

  private static String text(RecordTree.Node node) {
    StringBuilder text = new StringBuilder(node.table());
    if (!node.key().isEmpty()) {
      text.append(' ').append(String.join(",", node.key()));
    }
    if (!node.label().isEmpty()) {
      text.append(" (").append(node.label()).append(')');
    }
    text.append(": ").append(node.status().word());
    if (node.role() == RecordTree.Role.NEEDED) {
      text.append(", needed by the row above");
    }
    node.conflict().ifPresent(conflict -> text.append(": ").append(conflict.detail()));
    return Words.harmless(text.toString());
  }
}
