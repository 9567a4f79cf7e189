package dev.coffer.server.backups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The mark that a backup is kept for ever: a file beside it, so that the mark goes where the backup
 * goes and outlives the server's state.
 */
final class KeepMark {
  private static final String ENDING = ".keep";

  private KeepMark() {}

  static boolean isOn(Path backup) {
    return Files.exists(beside(backup));
  }

  /** Marks a backup, and says in the mark by whom. */
  static void put(Path backup, String text) {
    try {
      Files.writeString(
          beside(backup), text + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException marked) {
      return;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void remove(Path backup) {
    try {
      Files.deleteIfExists(beside(backup));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path beside(Path backup) {
    return backup.resolveSibling(backup.getFileName() + ENDING);
  }
}
