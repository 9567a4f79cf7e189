package dev.coffer.server.settings;

import java.util.List;
import java.util.OptionalLong;

/**
 * The folder of backups.
 *
 * @param free bytes that backups can still take; empty where the folder cannot be read
 * @param total bytes of the disk
 * @param other bytes of what lies beside the backups: proofs, marks, what undoes a restore
 */
public record Storage(
    String folder, OptionalLong free, OptionalLong total, List<Kind> kinds, long other) {

  /** What backups of one kind take, in bytes. */
  public record Kind(String kind, String words, long backups, long bytes) {}

  public long bytes() {
    return kinds.stream().mapToLong(Kind::bytes).sum();
  }
}
