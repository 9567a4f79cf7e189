package dev.coffer.cli.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.compare.RowValues;
import dev.coffer.compare.Summary;
import dev.coffer.profile.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A comparison for people. */
final class CompareText {
  private static final int LONGEST = 80;

  private static final int CHECKED_EVERY = 256;

  private final Session session;
  private final Printer printer;
  private final Sides sides;
  private final Profile profile;
  private final ComparisonResult result;
  private final ChangeLog log;
  private int printed;

  CompareText(
      Session session, Sides sides, Profile profile, ComparisonResult result, ChangeLog log) {
    this.session = session;
    this.printer = session.printer();
    this.sides = sides;
    this.profile = profile;
    this.result = result;
    this.log = log;
  }

  void print(boolean rows, boolean quiet) throws IOException {
    printer.heading(summary(sides, profile, result));
    if (!quiet) {
      printer.field("Before", name(sides.before(), false));
      printer.field("After", name(sides.after(), sides.live()));
      tables();
      structure();
      result.notes().forEach(note -> printer.line("NOTE: " + note));
    }
    if (rows) {
      for (TableResult table : result.tables()) {
        rows(table);
      }
    }
  }

  /** In one sentence. */
  static String summary(Sides sides, Profile profile, ComparisonResult result) {
    String when =
        sides.live()
            ? Since.now(sides.before().header().timestamp(), sides.after().header().timestamp())
            : Since.between(
                sides.before().header().timestamp(), sides.after().header().timestamp());
    List<String> phrases = Summary.of(result, profile);
    if (!phrases.isEmpty()) {
      return String.join(", ", phrases) + " " + when;
    }
    return (result.same() ? "Nothing differs " : "No row differs, but the structure does, ") + when;
  }

  private static String name(OpenedBackup backup, boolean live) {
    String what =
        live
            ? "the database " + backup.header().source().database()
            : String.valueOf(backup.file().getFileName());
    return Words.time(backup.header().timestamp()) + " UTC, " + what;
  }

  private void tables() {
    List<List<String>> lines = new ArrayList<>();
    for (TableResult table : result.tables()) {
      if (table.counts().all() > 0) {
        lines.add(
            List.of(
                table.pair().after().logicalName(),
                Words.count(table.rowsBefore()),
                Words.count(table.rowsAfter()),
                Words.count(table.counts().added()),
                Words.count(table.counts().removed()),
                Words.count(table.counts().changed()),
                columns(table)));
      }
    }
    if (!lines.isEmpty()) {
      lines.addFirst(
          List.of("TABLE", "BEFORE", "AFTER", "ADDED", "REMOVED", "CHANGED", "CHANGED IN"));
      printer.blank();
      printer.table(lines, List.of(1, 2, 3, 4, 5));
    }
    long same = result.tables().stream().filter(table -> table.counts().all() == 0).count();
    printer.blank();
    printer.line("  " + Words.count(same, "table") + " with the same rows.");
  }

  private static String columns(TableResult table) {
    List<String> columns = new ArrayList<>();
    table.columns().forEach((column, rows) -> columns.add(column + " " + Words.count(rows)));
    if (table.secrets() == ComparisonResult.Secrets.BY_FINGERPRINT && table.sealedChanged() > 0) {
      columns.add("sealed values " + Words.count(table.sealedChanged()));
    }
    return String.join(", ", columns);
  }

  private void structure() {
    List<String> lines = new ArrayList<>();
    result
        .oneSided()
        .forEach(table ->
            lines.add(
                "table %s is only in the %s state (%s)"
                    .formatted(
                        table.logicalName(),
                        table.side() == Side.BEFORE ? "earlier" : "later",
                        Words.count(table.rows(), "row"))));
    for (TableResult table : result.tables()) {
      String name = table.pair().after().logicalName();
      table
          .schema()
          .forEach(difference ->
              lines.add(
                  name
                      + difference.column().map(column -> "." + column).orElse("")
                      + ": "
                      + difference.text()));
    }
    result
        .structure()
        .forEach(difference ->
            lines.add(
                difference.kind().toLowerCase(Locale.ROOT)
                    + " "
                    + difference.name()
                    + ": "
                    + difference.difference().name().toLowerCase(Locale.ROOT)));
    if (!lines.isEmpty()) {
      printer.blank();
      printer.heading("Structure");
      lines.forEach(line -> printer.line("  " + line));
    }
  }

  private void rows(TableResult table) throws IOException {
    if (table.counts().all() == 0) {
      return;
    }
    RowValues values = new RowValues(table.pair(), table.secrets());
    printer.blank();
    printer.heading(table.pair().after().logicalName());
    log.replay(
        table.pair(),
        change -> {
          if (++printed % CHECKED_EVERY == 0) {
            session.requireListening();
          }
          printer.line("  " + line(values, change));
        });
  }

  private static String line(RowValues values, Change change) {
    return switch (change) {
      case Change.Added(var row) -> "+ " + name(values.name(row, Side.AFTER));
      case Change.Removed(var row) -> "- " + name(values.name(row, Side.BEFORE));
      case Change.Changed changed -> {
        RowValues.RowChange difference = values.change(changed);
        List<String> columns = new ArrayList<>();
        difference.columns().forEach(column -> columns.add(column(column)));
        boolean unknown =
            difference.sealed()
                && difference.columns().stream()
                    .noneMatch(column -> column.before().sealed() || column.after().sealed());
        if (unknown) {
          columns.add("sealed values changed");
        }
        yield "~ "
            + name(values.name(changed.before(), Side.BEFORE))
            + "  "
            + String.join("; ", columns);
      }
    };
  }

  private static String column(RowValues.ColumnChange change) {
    boolean sealed = change.before().sealed() || change.after().sealed();
    return change.before().column()
        + (sealed ? " changed" : ": " + text(change.before()) + " -> " + text(change.after()));
  }

  private static String name(List<RowValues.Value> values) {
    return values.stream()
        .map(value -> value.column() + "=" + text(value))
        .collect(Collectors.joining(", "));
  }

  private static String text(RowValues.Value value) {
    if (value.sealed()) {
      return "[ENCRYPTED]";
    }
    return value.text().map(text -> Words.cut(text, LONGEST)).orElse("null");
  }
}
