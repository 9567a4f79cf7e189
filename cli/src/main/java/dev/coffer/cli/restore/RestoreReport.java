package dev.coffer.cli.restore;

import dev.coffer.cli.restore.tree.Branches;
import dev.coffer.cli.restore.tree.TreeText;
import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.TablePlan;
import dev.coffer.restore.rebuild.RebuildResult;
import dev.coffer.restore.record.RecordJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a restore, or an undo, says in the end. */
final class RestoreReport {
  /** Of a table, below each row of the tree; the table below the tree counts them all. */
  private static final int ROWS_SHOWN = 10;

  private static final int NAMES_SHOWN = 100;

  private final Session session;
  private final Printer printer;
  private final Outcome outcome;
  private final String verb;
  private final String what;
  private final boolean keyMissing;

  /**
   * @param verb {@code restore} or {@code undo}
   * @param what the backup, or the restore that was undone
   * @param withoutKey whether it was asked for without the key
   */
  RestoreReport(Session session, Outcome outcome, String verb, String what, boolean withoutKey) {
    this.session = session;
    printer = session.printer();
    this.outcome = outcome;
    this.verb = verb;
    this.what = what;
    keyMissing = outcome.plan().lacksKey() && !withoutKey;
  }

  private boolean undo() {
    return verb.equals("undo");
  }

  /**
   * For people.
   *
   * @param unconfirmed whether only the confirmation is missing
   */
  int text(boolean unconfirmed) {
    printer.heading(heading());
    outcome
        .records()
        .ifPresent(tree -> {
          TreeText.lines(tree, Branches.of(session.unicode()), ROWS_SHOWN)
              .forEach(line -> printer.line("  " + line));
          printer.blank();
        });
    if (outcome.plan().tables().isEmpty()) {
      printer.line("  No row differs.");
    } else {
      table();
    }
    for (TablePlan table : outcome.plan().tables()) {
      if (!table.deletedKeys().isEmpty()) {
        String deleted = outcome.applied() ? " that were deleted: " : " that would be deleted: ";
        examples(
            "Only in the database, " + table.name() + deleted,
            table.deletedKeys(),
            table.deleted());
      }
    }
    if (outcome.plan().sequences() > 0) {
      printer.line("  Sequences to set: " + Words.count(outcome.plan().sequences()));
    }
    List<String> attention = attention();
    if (!attention.isEmpty()) {
      printer.blank();
      printer.heading("Needs attention");
      attention.forEach(text -> printer.list("  " + text));
    }
    printer.blank();
    return outcome.applied() ? applied() : notApplied(unconfirmed);
  }

  private String heading() {
    String thing =
        undo() ? "Undo of " + what : "Restore of " + what + " into " + outcome.database();
    return outcome.applied()
        ? thing
        : "Plan: " + thing.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + thing.substring(1);
  }

  private void table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("table", "insert", "change back", "delete", "stay as they are"));
    for (TablePlan table : outcome.plan().tables()) {
      rows.add(
          List.of(
              table.name(),
              number(table.inserted()),
              number(table.changed()),
              number(table.deleted()),
              number(table.onlyLive() + table.differing())));
    }
    printer.table(rows, List.of(1, 2, 3, 4));
  }

  private static String number(long count) {
    return count == 0 ? "-" : Words.count(count);
  }

  private void examples(String label, List<String> keys, long all) {
    String more = all > keys.size() ? ", ..." : "";
    printer.line("  " + label + String.join(", ", keys) + more);
  }

  private int applied() {
    if (outcome.rebuilt().isPresent()) {
      printer.line(
          "Done. The database was empty and holds "
              + Words.count(outcome.readBack(), "row")
              + " now.");
      return ExitStatus.DONE;
    }
    printer.line("Done, in one transaction.");
    printer.field("Read back and matched", Words.count(outcome.readBack(), "row"));
    outcome.safety().ifPresent(file -> printer.field("Safety backup", file.toString()));
    outcome
        .restoreId()
        .ifPresent(id ->
            printer.field(
                "To take it back",
                session.program() + " undo " + id + " --confirm " + outcome.database()));
    return ExitStatus.DONE;
  }

  private int notApplied(boolean unconfirmed) {
    if (outcome.plan().isEmpty()) {
      printer.line(undo() ? "There is nothing to undo." : "There is nothing to restore.");
      return ExitStatus.DONE;
    }
    printer.line("Nothing was changed.");
    if (unconfirmed) {
      printer.line("To do it, repeat the command with: " + missing());
      return ErrorCode.CONFIRMATION_WRONG.exitStatus();
    }
    return ExitStatus.DONE;
  }

  /** The options without which it is refused. */
  private String missing() {
    String confirm = "--confirm " + outcome.database();
    return keyMissing ? confirm + " --identity FILE, or --without-key instead of the key" : confirm;
  }

  /** What a person has to know, or to do. */
  private List<String> attention() {
    List<String> texts = new ArrayList<>(outcome.notices());
    texts.addAll(outcome.plan().notices());
    for (TablePlan table : outcome.plan().tables()) {
      if (table.resets() > 0) {
        texts.add(
            "%s: %s without their secrets.%s"
                .formatted(
                    table.name(),
                    Words.count(table.resets(), "row"),
                    needNewValues(table.resetKeys(), table.resets())));
      }
      if (table.keptSecrets() > 0) {
        texts.add(
            "%s: %s keep the secrets that the database has; the backup's cannot be opened."
                .formatted(table.name(), Words.count(table.keptSecrets(), "row")));
      }
    }
    outcome
        .lacks()
        .ifPresent(lacks ->
            texts.add(
                "The role %s may not do this: %s. As a superuser, run: %s"
                    .formatted(
                        lacks.role(),
                        String.join("; ", lacks.problems()),
                        String.join(" ", lacks.remedies()))));
    outcome.rebuilt().ifPresent(rebuilt -> rebuilt(rebuilt, texts));
    return texts;
  }

  private static void rebuilt(RebuildResult rebuilt, List<String> texts) {
    texts.addAll(rebuilt.notices());
    rebuilt.leftOut().forEach(left -> texts.add("Left out: " + left));
    for (RebuildResult.LostSecrets lost : rebuilt.lost()) {
      texts.add(
          "%s.%s: %s hold %s now.%s"
              .formatted(
                  lost.table(),
                  lost.column(),
                  Words.count(lost.rows(), "row"),
                  lost.instead(),
                  needNewValues(lost.keys(), lost.rows())));
    }
  }

  /** A sentence that names some of the rows; none where rows have no names. */
  private static String needNewValues(List<String> keys, long all) {
    if (keys.isEmpty()) {
      return "";
    }
    List<String> shown = keys.subList(0, Math.min(keys.size(), NAMES_SHOWN));
    long more = all - shown.size();
    return " These need new values: "
        + String.join(", ", shown)
        + (more > 0 ? ", and " + Words.count(more) + " more" : "");
  }

  /** For programs. */
  int json(boolean unconfirmed) {
    boolean refused = unconfirmed && !outcome.applied() && !outcome.plan().isEmpty();
    Map<String, Object> answer = Json.object(!refused);
    if (refused) {
      answer.put("code", ErrorCode.CONFIRMATION_WRONG.name());
      answer.put("message", "Nothing was changed: it is not confirmed.");
      answer.put("hint", "Repeat the command with: " + missing());
    }
    answer.put("restoreId", outcome.restoreId().orElse(""));
    answer.put("applied", outcome.applied());
    answer.put("rebuilt", outcome.rebuilt().isPresent());
    answer.put("database", outcome.database());
    answer.put(
        "safetyBackup",
        outcome.safety().map(file -> file.toAbsolutePath().normalize().toString()).orElse(""));
    answer.put("readBack", outcome.readBack());
    answer.put("sequencesSet", outcome.sequencesSet());
    answer.put("tables", outcome.plan().tables().stream().map(RestoreReport::object).toList());
    outcome.records().ifPresent(tree -> answer.put("record", RecordJson.of(tree)));
    answer.put("needsAttention", attention());
    Json.print(session, answer);
    return refused ? ErrorCode.CONFIRMATION_WRONG.exitStatus() : ExitStatus.DONE;
  }

  private static Map<String, Object> object(TablePlan table) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("table", table.name());
    object.put("inserted", table.inserted());
    object.put("changed", table.changed());
    object.put("deleted", table.deleted());
    object.put("onlyInDatabase", table.onlyLive());
    object.put("differing", table.differing());
    object.put("keptSecrets", table.keptSecrets());
    object.put("resets", table.resets());
    object.put("insertedKeys", table.insertedKeys());
    object.put("changedKeys", table.changedKeys());
    object.put("deletedKeys", table.deletedKeys());
    object.put("resetKeys", table.resetKeys());
    return object;
  }
}
