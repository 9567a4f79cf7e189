package dev.coffer.server.restores;

import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.restore.Mode;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.RowExample;
import dev.coffer.restore.TablePlan;
import dev.coffer.restore.rebuild.RebuildResult;
import dev.coffer.restore.record.RecordTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan, or what came of one, as pages show it.
 *
 * @param done whether it was applied
 * @param tree what belongs to the records that were asked for, a line for each
 * @param treeCut how many lines more there are
 * @param stays what is left as it is
 * @param lost what cannot come back without a key
 * @param notices what else a person should know
 */
public record PlanView(
    Outcome outcome,
    boolean done,
    PlanWords.Sentence back,
    PlanWords.Sentence changed,
    PlanWords.Sentence deleted,
    List<TreeLine> tree,
    long treeCut,
    List<String> stays,
    List<String> lost,
    List<String> notices) {
  private static final int MOST_LINES = 150;
  private static final int DEEPEST = 5;

  public PlanView {
    tree = List.copyOf(tree);
    stays = List.copyOf(stays);
    lost = List.copyOf(lost);
    notices = List.copyOf(notices);
  }

  /**
   * A record of the tree.
   *
   * @param depth from 0, at most 5
   * @param colour of what becomes of it
   */
  public record TreeLine(
      int depth, String table, String key, String label, String fate, String colour) {}

  /** The name of the backup that was taken before. */
  public Optional<String> safety() {
    return outcome.safety().map(file -> String.valueOf(file.getFileName()));
  }

  /** The tables of which there are examples. */
  public List<TablePlan> exemplified() {
    return outcome.plan().tables().stream().filter(table -> !table.examples().isEmpty()).toList();
  }

  /** What keeps the role from doing it; empty where nothing does, and once it was done. */
  public Optional<MissingPrivileges> lacks() {
    return outcome.lacks();
  }

  /** Whether there is nothing to do at all. */
  public boolean nothing() {
    return outcome.plan().isEmpty();
  }

  static PlanView of(Outcome outcome, boolean done, Mode mode, PlanWords words) {
    List<TreeLine> tree = new ArrayList<>();
    outcome.records().ifPresent(records -> addLines(records, mode, done, words, tree));
    int shown = Math.min(tree.size(), MOST_LINES);
    return new PlanView(
        outcome,
        done,
        words.comingBack(outcome.plan(), done),
        words.changing(outcome.plan(), done),
        words.deleted(outcome.plan(), done),
        tree.subList(0, shown),
        tree.size() - shown,
        stays(outcome, words),
        lost(outcome, words),
        notices(outcome, done));
  }

  private static List<String> stays(Outcome outcome, PlanWords words) {
    List<String> stays = new ArrayList<>();
    for (TablePlan table : outcome.plan().tables()) {
      if (table.onlyLive() > 0) {
        stays.add(words.count(table.name(), table.onlyLive()) + " added after the backup");
      }
      if (table.differing() > 0) {
        stays.add(words.count(table.name(), table.differing()) + " changed since the backup");
      }
    }
    return stays;
  }

  private static List<String> lost(Outcome outcome, PlanWords words) {
    List<String> lost = new ArrayList<>();
    for (TablePlan table : outcome.plan().tables()) {
      String secrets = words.secrets(table.name());
      if (table.keptSecrets() > 0) {
        lost.add(
            words.count(table.name(), table.keptSecrets())
                + (table.keptSecrets() == 1 ? " keeps the " : " keep the ")
                + secrets
                + " of now. Those of the backup stay locked.");
      }
      if (table.resets() > 0) {
        lost.add(
            words.count(table.name(), table.resets())
                + (table.resets() == 1 ? " comes back without " : " come back without ")
                + secrets
                + ". New ones have to be set.");
      }
    }
    outcome
        .rebuilt()
        .ifPresent(rebuilt -> {
          for (RebuildResult.LostSecrets secret : rebuilt.lost()) {
            lost.add(
                words.count(secret.table(), secret.rows())
                    + ": "
                    + secret.column()
                    + " has to be set anew.");
          }
        });
    return lost;
  }

  private static List<String> notices(Outcome outcome, boolean done) {
    List<String> notices = new ArrayList<>(outcome.notices());
    notices.addAll(outcome.plan().notices());
    outcome
        .rebuilt()
        .ifPresent(rebuilt -> {
          notices.addAll(rebuilt.notices());
          rebuilt.leftOut().forEach(left -> notices.add("Left out: " + left));
        });
    return notices.stream().distinct().map(text -> PlainNotices.of(text, done)).toList();
  }

  /** A record to show; without recursion, since a chain of records may be long. */
  private record Waiting(RecordTree.Node node, int depth) {}

  private static void addLines(
      RecordTree tree, Mode mode, boolean done, PlanWords words, List<TreeLine> lines) {
    Deque<Waiting> waiting = new ArrayDeque<>();
    tree.roots().reversed().forEach(root -> waiting.push(new Waiting(root, 0)));
    while (!waiting.isEmpty()) {
      Waiting next = waiting.pop();
      RecordTree.Node node = next.node();
      lines.add(line(node, Math.min(next.depth(), DEEPEST), mode, done, words));
      node.children()
          .reversed()
          .forEach(child -> waiting.push(new Waiting(child, next.depth() + 1)));
    }
  }

  private static TreeLine line(
      RecordTree.Node node, int depth, Mode mode, boolean done, PlanWords words) {
    String fate = fate(node, mode, done);
    String colour =
        switch (node.status()) {
          case TO_INSERT -> "green";
          case DIFFERS -> mode == Mode.MISSING ? "secondary" : "yellow";
          case SAME -> "secondary";
          case ONLY_LIVE -> mode == Mode.EXACT ? "red" : "secondary";
          case LEFT_ALONE -> "yellow";
        };
    String detail =
        node.conflict().map(conflict -> ": " + conflict.detail()).orElse("")
            + (node.role() == RecordTree.Role.NEEDED ? ", needed by the record above" : "");
    return new TreeLine(
        depth,
        words.one(node.table()),
        String.join(", ", node.key()),
        node.label(),
        fate + detail,
        colour);
  }

  private static String fate(RecordTree.Node node, Mode mode, boolean done) {
    return switch (node.status()) {
      case TO_INSERT -> done ? "came back" : "comes back";
      case DIFFERS ->
          mode == Mode.MISSING
              ? "has changed since, stays as it is"
              : done ? "was changed back" : "is changed back";
      case SAME -> "is the same";
      case ONLY_LIVE ->
          mode == Mode.EXACT
              ? done ? "was deleted" : "is deleted: it came after the backup"
              : "stays: it came after the backup";
      case LEFT_ALONE -> "is left alone";
    };
  }

  /** A key for people: {@code ["cm0…"]} as {@code cm0…}. */
  public String key(RowExample example) {
    try {
      List<String> values = new ArrayList<>();
      for (JsonNode value : JsonMapper.shared().readTree(example.key())) {
        values.add(value.isValueNode() ? value.asString() : value.toString());
      }
      return String.join(", ", values);
    } catch (JacksonException none) {
      return "";
    }
  }

  /** What becomes of the record of an example. */
  public String what(RowExample example) {
    return switch (example.what()) {
      case INSERTED -> done ? "Came back" : "Comes back";
      case CHANGED -> done ? "Was changed back" : "Is changed back";
      case DELETED -> done ? "Was deleted" : "Is deleted";
    };
  }

  /** A value of an example for people. */
  public String value(Optional<String> text) {
    return text.map(value -> value.isEmpty() ? "(empty)" : value).orElse("(nothing)");
  }
}
