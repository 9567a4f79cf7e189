package dev.coffer.cli.inventory;

import dev.coffer.archive.BackupFile;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the backup that a command's argument names. */
public final class BackupArgument {
  private static final String LATEST = "latest";

  private BackupArgument() {}

  /** The same, but {@code latest} is the newest that was not taken for a restore's safety. */
  public static Path findTaken(Session session, String argument) {
    Path root = session.backups(Optional.empty());
    if (!argument.equals(LATEST)) {
      return Inventory.find(root, argument);
    }
    return Inventory.list(root).stream()
        .map(BackupInfo::file)
        .filter(file -> !BackupFile.isSafety(file))
        .findFirst()
        .orElseThrow(() -> none(root));
  }

  /** The file: of {@code latest}, the newest of the listing; else by name or path. */
  public static Path find(Session session, String argument) {
    Path root = session.backups(Optional.empty());
    if (!argument.equals(LATEST)) {
      return Inventory.find(root, argument);
    }
    return Inventory.list(root).stream().findFirst().orElseThrow(() -> none(root)).file();
  }

  private static CofferException none(Path root) {
    return new CofferException(
        ErrorCode.BACKUP_NOT_FOUND,
        "there is no backup in " + root,
        "Take one with 'coffer backup', or set COFFER_BACKUPS to where they are.");
  }
}
