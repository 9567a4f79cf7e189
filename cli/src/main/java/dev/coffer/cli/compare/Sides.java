package dev.coffer.cli.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.restore.legacy.Fidelity;
import dev.coffer.restore.legacy.LegacyDocument;
import java.util.Optional;

/**
 * What is compared with what.
 *
 * @param live whether the later state is a database rather than a backup
 */
record Sides(Open first, Open second, boolean live) implements AutoCloseable {

  /**
   * A state that is open.
   *
   * @param fidelity of a file of the earlier system
   */
  record Open(OpenedBackup backup, Optional<Fidelity> fidelity, Runnable closing)
      implements AutoCloseable {
    static Open of(ScratchBackup backup) {
      return new Open(backup.backup(), Optional.empty(), backup::close);
    }

    static Open of(LegacyDocument document) {
      return new Open(document.backup(), Optional.of(document.fidelity()), document::close);
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  /** The earlier state: a database is later than any backup of it. */
  Open earlier() {
    return swapped() ? second : first;
  }

  Open later() {
    return swapped() ? first : second;
  }

  OpenedBackup before() {
    return earlier().backup();
  }

  OpenedBackup after() {
    return later().backup();
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
