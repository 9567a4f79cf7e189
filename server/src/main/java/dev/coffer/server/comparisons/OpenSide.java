package dev.coffer.server.comparisons;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.restore.legacy.Fidelity;
import java.util.Optional;

/**
 * A state that is open to be compared.
 *
 * @param name of the backup's file, or of the database
 * @param fidelity of a file of the earlier system
 * @param closing lets go of it, and of what it needs on the disk
 */
record OpenSide(
    OpenedBackup backup, String name, boolean live, Optional<Fidelity> fidelity, Runnable closing)
    implements AutoCloseable {

  @Override
  public void close() {
    closing.run();
  }
}
