package dev.coffer.server.backups;

import dev.coffer.model.BackupInfo;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup as pages show it: what its file says, and what is known of it besides.
 *
 * @param name by which it is asked for: that of its file, with the folder's before it where another
 *     file has the same
 * @param proofFailure why the last attempt to restore it on trial failed
 */
public record Backup(
    String name,
    BackupInfo info,
    Standing standing,
    Optional<Verification> verification,
    boolean kept,
    Optional<String> proofFailure) {

  public Instant timestamp() {
    return info.timestamp();
  }

  /** Whether it holds the whole database. */
  boolean whole() {
    return info.kind().equals("comprehensive") || info.kind().equals("database");
  }

  /** Where it was made by Coffer itself. */
  public boolean current() {
    return info.version().startsWith("4.");
  }

  /** Where its evidence can be read here. */
  boolean readable() {
    return current()
        && info.state() != BackupInfo.State.CORRUPTED
        && info.state() != BackupInfo.State.ENCRYPTED;
  }

  public String kindWords() {
    return switch (info.kind()) {
      case "comprehensive" -> "Everything";
      case "database" -> "Database";
      case "sales" -> "Sales only";
      case "sql" -> "SQL dump";
      default -> "Unknown";
    };
  }

  public long flaggedRows() {
    return info.flagged().stream().mapToLong(BackupInfo.FlaggedRows::rows).sum();
  }
}
