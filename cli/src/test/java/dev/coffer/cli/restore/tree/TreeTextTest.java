package dev.coffer.cli.restore.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.restore.record.Conflict;
import dev.coffer.restore.record.RecordTree;
import dev.coffer.restore.record.RecordTree.Node;
import dev.coffer.restore.record.RecordTree.Role;
import dev.coffer.restore.record.RecordTree.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A tree is drawn so that it can be read in any terminal. */
class TreeTextTest {

  private static Node leaf(String table, String key, Status status) {
    return new Node(table, List.of(key), "", Role.DEPENDENT, status, Optional.empty(), List.of());
  }

  private static RecordTree tree() {
    List<Node> children = new ArrayList<>();
    children.add(leaf("appliances", "a1", Status.TO_INSERT));
    for (int i = 0; i < 1200; i++) {
      children.add(leaf("smsLogs", "m" + i, Status.TO_INSERT));
    }
    Conflict conflict = new Conflict(Conflict.Reason.UNIQUE_IN_USE, "unique (ref): in use");
    children.add(
        new Node(
            "smsLogs",
            List.of("last"),
            "",
            Role.DEPENDENT,
            Status.LEFT_ALONE,
            Optional.of(conflict),
            List.of()));
    Node root =
        new Node(
            "sales",
            List.of("s1"),
            "Ann\u001b[31m Lee",
            Role.ROOT,
            Status.TO_INSERT,
            Optional.empty(),
            children);
    return new RecordTree(List.of(root), Map.of(), List.of("something"));
  }

  @Test
  void rowsAreGroupedAndCounted() {
    assertThat(TreeText.lines(tree(), Branches.of(true), 2))
        .containsExactly(
            "sales/s1  Ann\ufffd[31m Lee  to insert",
            "├─ appliances/a1  to insert",
            "├─ smsLogs/last  left alone: unique (ref): in use",
            "├─ smsLogs/m0  to insert",
            "└─ … and 1,199 more smsLogs (1,199 to insert)");
  }

  @Test
  void aTerminalWithoutLinesGetsAscii() {
    assertThat(String.join("\n", TreeText.lines(tree(), Branches.of(false), 2)))
        .contains("|- appliances/a1", "`- ... and 1,199 more")
        .doesNotContain("─");
  }

  @Test
  void aLongTreeIsCut() {
    assertThat(TreeText.lines(tree(), Branches.ASCII, 1000)).hasSize(201).endsWith("...");
  }
}
