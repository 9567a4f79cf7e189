package dev.coffer.cli.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ScratchBackup;

/**
 * What is compared with what.
 *
 * @param live whether the later state is a database rather than a backup
 */
record Sides(ScratchBackup first, ScratchBackup second, boolean live) implements AutoCloseable {

  /** The earlier state: a database is later than any backup of it. */
  OpenedBackup before() {
    return swapped() ? second.backup() : first.backup();
  }

  OpenedBackup after() {
    return swapped() ? first.backup() : second.backup();
  }

  private boolean swapped() {
    return !live
        && second.backup().header().timestamp().isBefore(first.backup().header().timestamp());
  }

  @Override
  public void close() {
    second.close();
    first.close();
  }
}
