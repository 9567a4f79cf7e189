package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.error.ExitStatus;
import dev.coffer.inventory.BackupJson;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import dev.coffer.seal.KeyHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One backup, printed. */
final class Showing {
  private static final int MOST_IDS = 3;

  private final Session session;
  private final Printer printer;

  Showing(Session session) {
    this.session = session;
    this.printer = session.printer();
  }

  int print(String backup, IdentityOption identity, boolean json) {
    Path file = BackupArgument.find(session, backup);
    BackupInfo info =
        Inventory.info(
            file,
            Identities.of(session, identity),
            KeyHome.at(session.cofferHome()).trustedSigners());
    boolean corrupted = info.state() == BackupInfo.State.CORRUPTED;
    if (json) {
      Map<String, Object> answer = Json.object(!corrupted);
      answer.put("backup", BackupJson.whole(info));
      Json.print(session, answer);
    } else {
      print(info);
    }
    return corrupted ? ExitStatus.DAMAGED : ExitStatus.DONE;
  }

  private void print(BackupInfo info) {
    header(info);
    if (!info.tables().isEmpty()) {
      section("Tables");
      List<List<String>> rows = new ArrayList<>();
      info.tables().forEach((name, count) -> rows.add(List.of(name, Words.count(count))));
      printer.table(rows, List.of(1));
    }
    if (!info.communicationSummary().isEmpty()) {
      section("Communication");
      BackupText.communication(printer, info);
    }
    if (info.state() == BackupInfo.State.UNVERIFIED
        || (info.state() == BackupInfo.State.PROVEN && info.totalRecords().isPresent())) {
      flagged(info);
      sealed(info);
      leftOut(info);
    }
  }

  private void header(BackupInfo info) {
    printer.heading(info.file().toString());
    printer.field("State", BackupText.state(info) + explained(info));
    info.proofProblem().ifPresent(problem -> printer.field("Not proven", problem));
    info.problem().ifPresent(problem -> printer.field("Problem", problem));
    printer.field(
        "Kind", info.kind() + (info.version().isEmpty() ? "" : ", version " + info.version()));
    printer.field("Taken", Words.time(info.timestamp()) + " UTC");
    printer.field("By", info.createdBy().isEmpty() ? "unknown" : info.createdBy());
    printer.field("Reason", info.reason().isEmpty() ? "none given" : info.reason());
    printer.field("Records", BackupText.records(info));
    printer.field("File size", Words.size(info.fileSize()));
  }

  private static String explained(BackupInfo info) {
    return switch (info.state()) {
      case PROVEN -> ": restored and matched row for row";
      case UNVERIFIED -> "; 'coffer verify' checks every byte";
      case ENCRYPTED -> "; --identity FILE opens it";
      case LEGACY -> ", of an earlier system: its hashes prove little";
      case CORRUPTED -> "";
    };
  }

  private void flagged(BackupInfo info) {
    section("Flagged rows");
    if (info.flagged().isEmpty()) {
      printer.line("  none: no row looks fake or corrupted");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (BackupInfo.FlaggedRows flagged : info.flagged()) {
      List<String> some = flagged.ids().stream().limit(MOST_IDS).toList();
      rows.add(
          List.of(
              flagged.rule(),
              flagged.table() + (flagged.column().isEmpty() ? "" : "." + flagged.column()),
              Words.count(flagged.rows()),
              String.join(", ", some) + (flagged.rows() > some.size() ? ", ..." : "")));
    }
    printer.table(rows, List.of(2));
    printer.aside("  They are in the backup like all others. --json names up to 100 of each.");
  }

  private void sealed(BackupInfo info) {
    section("Sealed columns");
    if (info.sealedColumns().isEmpty()) {
      printer.line("  none");
      return;
    }
    printer.table(
        info.sealedColumns().stream()
            .map(column -> List.of(column.table() + "." + column.column(), column.reason()))
            .toList(),
        List.of());
  }

  private void leftOut(BackupInfo info) {
    section("Left out");
    if (info.excluded().isEmpty()) {
      printer.line("  nothing");
      return;
    }
    printer.table(
        info.excluded().stream()
            .map(missing -> List.of(missing.kind(), missing.name(), missing.reason()))
            .toList(),
        List.of());
  }

  private void section(String name) {
    printer.blank();
    printer.heading(name);
  }
}
