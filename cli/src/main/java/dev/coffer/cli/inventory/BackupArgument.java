package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.Session;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.Inventory;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the backup that a command's argument names. */
public final class BackupArgument {
  private static final String LATEST = "latest";

  private BackupArgument() {}

  /** The file: of {@code latest}, the newest of the listing; else by name or path. */
  public static Path find(Session session, String argument) {
    Path root = session.backups(Optional.empty());
    if (!argument.equals(LATEST)) {
      return Inventory.find(root, argument);
    }
    return Inventory.list(root).stream()
        .findFirst()
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.BACKUP_NOT_FOUND,
                "there is no backup in " + root,
                "Take one with 'coffer backup', or set COFFER_BACKUPS to where they are."))
        .file();
  }
}
