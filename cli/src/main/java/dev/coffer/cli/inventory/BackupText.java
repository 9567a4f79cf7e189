package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Words;
import dev.coffer.model.BackupInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
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
    List<List<String>> rows = new ArrayList<>();
    info.communicationSummary()
        .forEach((name, value) -> rows.add(List.of(label(name), value(name, value))));
    printer.table(rows, List.of());
  }

  private static String value(String name, Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + " " + value("", entry.getValue()))
              .collect(Collectors.joining(", "));
      case Collection<?> list ->
          list.stream().map(item -> value("", item)).collect(Collectors.joining(", "));
      case Long number -> Words.count(number);
      default -> value + (name.endsWith("Rate") ? " %" : "");
    };
  }

  /** {@code smsSuccessRate} as {@code SMS success rate}. */
  static String label(String name) {
    String words =
        name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
            .replaceAll("([A-Z])([A-Z][a-z])", "$1 $2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("\\bsms\\b", "SMS")
            .replaceAll("\\bemail", "e-mail");
    return words.isEmpty()
        ? name
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  public static String state(BackupInfo.State state) {
    return switch (state) {
      case UNVERIFIED -> "readable";
      case ENCRYPTED -> "encrypted";
      case LEGACY -> "legacy";
      case CORRUPTED -> "CORRUPTED";
    };
  }
}
