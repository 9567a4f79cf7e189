package dev.coffer.server.backups;

import dev.coffer.legacy.LegacyBackup;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.DatabaseOrigin;
import dev.coffer.restore.record.TouchedRows;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup as pages show it: what its file says, and what is known of it besides.
 *
 * @param name by which it is asked for: that of its file, with the folder's before it where another
 *     file has the same
 * @param proofFailure why the last attempt to restore it on trial failed
 * @param otherDatabase that it is of, where that is not the protected one
 * @param serverUnknown whether it does not say which server it is of, although that could be
 *     compared
 */
public record Backup(
    String name,
    BackupInfo info,
    Standing standing,
    Optional<Verification> verification,
    boolean kept,
    Optional<String> proofFailure,
    Optional<String> otherDatabase,
    boolean serverUnknown) {

  public Instant timestamp() {
    return info.timestamp();
  }

  /** Whether it holds the whole of the protected database. */
  boolean whole() {
    return (info.kind().equals("comprehensive") || info.kind().equals("database"))
        && !partial()
        && otherDatabase.isEmpty();
  }

  /** Whether it was taken before a restore of single records, and holds no whole table. */
  public boolean partial() {
    return info.reason().equals(TouchedRows.REASON);
  }

  /** Whether its numbers and those of {@code other} tell of the same things. */
  public boolean alike(Backup other) {
    return info.kind().equals(other.info.kind())
        && info.database().equals(other.info.database())
        && !DatabaseOrigin.differ(info.origin(), other.info.origin())
        && current() == other.current()
        && !partial()
        && !other.partial();
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

  /** Where the pages can look into it. */
  boolean browsable() {
    return readable() || earlier();
  }

  /** Where it is a file of the earlier system that holds tables, damaged or not. */
  public boolean earlier() {
    return !current()
        && !info.kind().equals("sql")
        && (info.state() == BackupInfo.State.LEGACY
            || (info.state() == BackupInfo.State.CORRUPTED
                && LegacyBackup.recognise(info.file()).isPresent()));
  }

  public String kindWords() {
    if (partial()) {
      return "Some records";
    }
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
