package dev.coffer.retention;

import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupInfo.State;
import dev.coffer.model.DatabaseOrigin;
import java.util.Optional;

/**
 * A backup that a rule is to judge.
 *
 * @param marked whether somebody marked it to be kept for ever
 * @param damaged whether a check found that it cannot be relied on, whatever its own state
 */
public record Candidate(BackupInfo info, boolean marked, boolean damaged) {
  private static final String SAFETY = "-SAFETY";

  /** Whether it was taken before a restore, to undo it; it may hold some rows only. */
  boolean safety() {
    return String.valueOf(info.file().getFileName()).contains(SAFETY);
  }

  boolean readable() {
    return !damaged && (info.state() == State.UNVERIFIED || info.state() == State.PROVEN);
  }

  boolean proven() {
    return readable() && info.state() == State.PROVEN;
  }

  /** The server that it is of; empty where the file does not say. */
  Optional<String> server() {
    return info.origin().map(DatabaseOrigin::systemIdentifier);
  }

  /** Backups with the same holding, of one server, replace one another; others do not. */
  Holding holding() {
    return new Holding(
        info.database(),
        switch (info.kind()) {
          case "comprehensive", "database" -> "everything";
          default -> info.kind();
        });
  }

  /** What a backup is of: a database, and what of it. */
  record Holding(Optional<String> database, String part) {}
}
