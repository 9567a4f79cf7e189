package dev.coffer.cli.backup;

import dev.coffer.cli.terminal.Session;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder that a backup goes to. */
public final class BackupsFolder {
  private BackupsFolder() {}

  /**
   * The root of the backups. The default is created where it is missing; a folder that was named is
   * not, since it may be the place of a disk that is not mounted.
   *
   * @throws CofferException {@code TARGET_MISSING}, {@code TARGET_UNWRITABLE}
   */
  public static Path forWriting(Session session, Optional<Path> asked) {
    Path root = session.backups(asked);
    if (Files.isDirectory(root)) {
      return root;
    }
    if (asked.isPresent() || session.variable("COFFER_BACKUPS").isPresent()) {
      throw new CofferException(
          ErrorCode.TARGET_MISSING,
          "the folder for backups is missing: " + root,
          "Mount it, or create it with mkdir: only the default folder is created by itself.");
    }
    try {
      return Files.createDirectories(root);
    } catch (IOException failure) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "the folder " + root.toAbsolutePath() + " cannot be created",
          "Go to a folder that you may write to, or name one with --to.",
          failure);
    }
  }
}
