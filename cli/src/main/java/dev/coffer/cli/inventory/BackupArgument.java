package dev.coffer.cli.inventory;

import dev.coffer.archive.BackupFile;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the backup that a command's argument names. */
public final class BackupArgument {
  private static final String LATEST = "latest";

  private BackupArgument() {}

  /**
   * The file: of {@code latest}, the newest that was not taken for a restore's safety, since nobody
   * means that one; else by name or path.
   */
  public static Path find(Session session, String argument) {
    Path root = session.backups(Optional.empty());
    return argument.equals(LATEST)
        ? latest(Inventory.list(root)).orElseThrow(() -> none(root)).file()
        : Inventory.find(root, argument);
  }

  /** What {@code latest} means, of a listing. */
  static Optional<BackupInfo> latest(List<BackupInfo> newestFirst) {
    return newestFirst.stream().filter(info -> !BackupFile.isSafety(info.file())).findFirst();
  }

  private static CofferException none(Path root) {
    return new CofferException(
        ErrorCode.BACKUP_NOT_FOUND,
        "there is no backup in " + root,
        "Take one with 'coffer backup', or set COFFER_BACKUPS to where they are.");
  }
}
