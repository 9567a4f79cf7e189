package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Words;
import dev.coffer.model.BackupInfo;
import dev.coffer.profile.Label;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Parts of a backup, in words for people. */
public final class BackupText {
  private BackupText() {}

  /** {@code 15,247 in 15 tables}. */
  public static String records(BackupInfo info) {
    return info.totalRecords().map(Words::count).orElse("unknown")
        + (info.tables().isEmpty() ? "" : " in " + Words.count(info.tables().size(), "table"));
  }

  public static long flaggedRows(BackupInfo info) {
    return info.flagged().stream().mapToLong(BackupInfo.FlaggedRows::rows).sum();
  }

  /** {@code users.password, sales.sortCode}. */
  public static String sealedColumns(BackupInfo info) {
    return info.sealedColumns().stream()
        .map(column -> column.table() + "." + column.column())
        .collect(Collectors.joining(", "));
  }

  /** What the profile counted, a line each. */
  public static void communication(Printer printer, BackupInfo info) {
    info.communicationSummary()
        .forEach((name, value) -> printer.field(Label.of(name), value(name, value)));
  }

  /** The same without what is counted by status, template or type. */
  public static void communicationTotals(Printer printer, BackupInfo info) {
    info.communicationSummary()
        .forEach((name, value) -> {
          if (value instanceof Number) {
            printer.field(Label.of(name), value(name, value));
          }
        });
  }

  private static String value(String name, Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream().map(BackupText::entry).collect(Collectors.joining(", "));
      case Collection<?> list ->
          list.stream().map(item -> value("", item)).collect(Collectors.joining(", "));
      case Long number -> Words.count(number);
      default -> value + (name.endsWith("Rate") ? " %" : "");
    };
  }

  private static String entry(Map.Entry<?, ?> entry) {
    String value = value("", entry.getValue());
    return entry.getKey() + " " + (entry.getValue() instanceof Map ? "(" + value + ")" : value);
  }

  /** {@code proven 2026-01-25}, {@code readable}. */
  public static String state(BackupInfo info) {
    return switch (info.state()) {
      case PROVEN -> "proven " + info.provenAt().map(Words::day).orElse("");
      case UNVERIFIED -> "readable";
      case ENCRYPTED -> "encrypted";
      case LEGACY -> "legacy";
      case CORRUPTED -> "CORRUPTED";
    };
  }
}
