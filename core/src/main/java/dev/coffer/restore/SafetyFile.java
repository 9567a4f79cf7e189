package dev.coffer.restore;

import dev.coffer.backup.BackupRequest;
import dev.coffer.profile.ColumnName;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The safety backup of a run that is under way. It stays from the moment on in which something may
 * have been changed; that of a run which changed nothing goes when this is closed, since nobody
 * would ever ask for it.
 */
final class SafetyFile implements AutoCloseable {
  private final Path file;
  private boolean stays;

  private SafetyFile(Path file) {
    this.file = file;
  }

  /** Takes a safety backup and verifies it. */
  static SafetyFile take(BackupRequest live, Set<ColumnName> sealedThere, Progress progress) {
    return new SafetyFile(Safety.take(live, sealedThere, progress));
  }

  /** One that has been written. */
  static SafetyFile of(Path file) {
    return new SafetyFile(file);
  }

  Path file() {
    return file;
  }

  /** Something may be changed from now on. */
  void keep() {
    stays = true;
  }

  /** The server says that nothing was. */
  void forget() {
    stays = false;
  }

  @Override
  public void close() {
    if (!stays) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException left) {
        // It is a backup like any other, and can be deleted like one.
      }
    }
  }
}
