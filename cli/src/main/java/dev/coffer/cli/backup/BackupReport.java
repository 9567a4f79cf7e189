package dev.coffer.cli.backup;

import dev.coffer.backup.BackupResult;
import dev.coffer.cli.inventory.BackupText;
import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.inventory.BackupJson;
import dev.coffer.model.BackupInfo;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code coffer backup} says in the end. */
public final class BackupReport {
  private static final int MOST_TABLES = 5;

  private final Session session;
  private final Printer printer;
  private final BackupResult result;
  private final BackupInfo info;
  private final double seconds;

  public BackupReport(Session session, BackupResult result, double seconds) {
    this.session = session;
    this.printer = session.printer();
    this.result = result;
    this.info = result.info();
    this.seconds = seconds;
  }

  /** For people. The last line is the path alone. */
  public void text() {
    String kind = info.kind().substring(0, 1).toUpperCase(Locale.ROOT) + info.kind().substring(1);
    printer.heading(kind + " backup" + (info.reason().isEmpty() ? "" : ": " + info.reason()));
    printer.field("Records", BackupText.records(info));
    printer.field("Largest", largest());
    BackupText.communicationTotals(printer, info);
    printer.field("Flagged", flagged());
    printer.field(
        "Sealed", info.sealedColumns().isEmpty() ? "no column" : BackupText.sealedColumns(info));
    printer.field("Left out", leftOut());
    printer.field("File", Words.size(result.fileSize()) + " in " + Words.seconds(seconds));
    printer.blank();
    path();
  }

  public void path() {
    // Not through the printer: what follows may be read by a program, to the byte.
    session.out().println(result.file());
  }

  /** For programs, in the words of the portal's HTTP interface. */
  void json() {
    Map<String, Object> answer = Json.object(true);
    answer.putAll(BackupJson.taken(info));
    answer.put("notices", result.notices());
    Json.print(session, answer);
  }

  private String largest() {
    String largest =
        info.tables().entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_TABLES)
            .map(entry -> entry.getKey() + " " + Words.count(entry.getValue()))
            .collect(Collectors.joining(", "));
    return largest.isEmpty() ? "the database has no tables" : largest;
  }

  private String flagged() {
    long rows = BackupText.flaggedRows(info);
    return rows == 0
        ? "no row"
        : Words.count(rows, "row") + " that look fake or corrupted, backed up all the same";
  }

  private String leftOut() {
    return info.excluded().isEmpty()
        ? "nothing"
        : info.excluded().stream()
            .map(missing -> missing.kind().toLowerCase(Locale.ROOT) + " " + missing.name())
            .collect(Collectors.joining(", "));
  }
}
