package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.inventory.BackupJson;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.VerifyKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All backups of a folder, printed. */
final class Listing {
  private static final int WHO_WIDTH = 24;
  private static final int WHY_WIDTH = 44;
  private static final List<String> HEADINGS =
      List.of("TIME (UTC)", "KIND", "RECORDS", "SIZE", "STATE", "BY", "REASON");

  private final Session session;
  private final Path root;
  private final boolean named;

  /**
   * The listing of a folder.
   *
   * @param named whether the user named the folder: then it must be there
   */
  Listing(Session session, Path root, boolean named) {
    this.session = session;
    this.root = root;
    this.named = named;
  }

  int print(boolean json) {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new CofferException(
          ErrorCode.USAGE,
          root + " is a file, not a folder of backups",
          "'coffer show FILE' tells what is in a backup.");
    }
    List<VerifyKey> trusted = KeyHome.at(session.cofferHome()).trustedSigners();
    List<BackupInfo> backups =
        named || Files.exists(root) ? Inventory.list(root, trusted) : List.of();
    if (json) {
      Map<String, Object> answer = Json.object(true);
      answer.put("count", backups.size());
      answer.put("backups", backups.stream().map(BackupJson::entry).toList());
      Json.print(session, answer);
    } else if (backups.isEmpty()) {
      empty();
    } else {
      table(backups);
    }
    return ExitStatus.DONE;
  }

  private void empty() {
    Printer printer = session.printer();
    printer.line("There is no backup in " + root + ".");
    printer.blank();
    printer.line("Take the first:   " + session.program() + " backup --database URL --reason TEXT");
    printer.line("Or see it work:   " + session.program() + " demo");
    printer.line("Backups elsewhere: " + session.program() + " list DIR, or set COFFER_BACKUPS.");
  }

  private void table(List<BackupInfo> backups) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADINGS);
    backups.forEach(backup -> rows.add(row(backup)));
    Printer printer = session.printer();
    printer.table(rows, List.of(2, 3));
    printer.blank();
    String count = Words.count(backups.size(), "backup") + " in " + root + ".";
    Optional<BackupInfo> latest = BackupArgument.latest(backups);
    printer.aside(count + latest.map(found -> " The newest, 'latest' for short:").orElse(""));
    latest.ifPresent(found -> printer.line(found.file().toString()));
    long corrupted =
        backups.stream().filter(one -> one.state() == BackupInfo.State.CORRUPTED).count();
    if (corrupted > 0) {
      printer.line(
          Words.count(corrupted, "file") + " cannot be read; 'coffer show FILE' tells why:");
      backups.stream()
          .filter(one -> one.state() == BackupInfo.State.CORRUPTED)
          .forEach(one -> printer.line(one.file().toString()));
    }
    for (BackupInfo one : backups) {
      one.proofProblem()
          .ifPresent(problem -> printer.line(one.file() + ": not proven; " + problem));
    }
  }

  private static List<String> row(BackupInfo backup) {
    return List.of(
        Words.time(backup.timestamp()),
        backup.kind(),
        backup.totalRecords().map(Words::count).orElse("-"),
        Words.size(backup.fileSize()),
        BackupText.state(backup),
        Words.cut(backup.createdBy().isEmpty() ? "-" : backup.createdBy(), WHO_WIDTH),
        Words.cut(backup.problem().orElse(backup.reason()), WHY_WIDTH));
  }
}
