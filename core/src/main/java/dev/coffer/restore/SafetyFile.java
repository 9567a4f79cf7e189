package dev.coffer.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
