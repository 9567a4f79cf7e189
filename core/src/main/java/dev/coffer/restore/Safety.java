package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.model.Finding;
import dev.coffer.model.Table;
import dev.coffer.profile.ColumnName;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.seal.VerifyKey;
import dev.coffer.verify.VerificationReport;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Backups that a restore stands on: checked from the first byte to the last. */
final class Safety {
  private Safety() {}

  /** Takes a safety backup and verifies it. */
  static Path take(BackupRequest live, Set<ColumnName> sealedThere, Progress progress) {
    Path file = Backups.take(live.forSafety(sealedThere), progress).file();
    require(file, List.of(), List.of(), progress);
    return file;
  }

  /**
   * Verifies a file.
   *
   * @throws CofferException {@code BACKUP_DAMAGED} or {@code BACKUP_NOT_AUTHENTIC}
   */
  static void require(
      Path file, List<Identity> identities, List<VerifyKey> trusted, Progress progress) {
    int threads = Runtime.getRuntime().availableProcessors();
    VerificationReport report =
        Verifier.verify(file, new VerifyOptions(identities, trusted, threads), progress);
    if (report.sound()) {
      return;
    }
    List<Finding> errors =
        report.findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .toList();
    throw new CofferException(
        ErrorCode.BACKUP_DAMAGED,
        file
            + " is not sound: "
            + errors.getFirst().meaning()
            + (errors.size() > 1 ? ", and " + (errors.size() - 1) + " more" : ""),
        "Nothing was changed. 'coffer verify' tells all of it; take another backup.");
  }

  /**
   * Refuses a backup whose chunks are checked as they are read, if nobody trusted signed it.
   *
   * @throws CofferException {@code BACKUP_NOT_AUTHENTIC}
   */
  static void requireTrusted(OpenedBackup backup, List<VerifyKey> trusted) {
    boolean known =
        trusted.isEmpty()
            || trusted.stream()
                .map(key -> Base64.getEncoder().encodeToString(key.raw()))
                .anyMatch(backup.signer()::equals);
    if (!known) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_AUTHENTIC,
          backup.file() + " is signed by a key that is not among the trusted ones",
          "Nothing was changed. If it is genuine, put its signing.pub into keys/trusted.");
    }
  }

  /** Opens a backup that this machine made, with its secrets if an identity fits. */
  static OpenedBackup open(Path file, List<Identity> identities) {
    try {
      return OpenedBackup.open(file, identities);
    } catch (CofferException notFitting) {
      if (notFitting.code() != ErrorCode.KEY_DOES_NOT_OPEN) {
        throw notFitting;
      }
      return OpenedBackup.open(file, List.of());
    }
  }

  /** The columns that a backup seals. */
  static Set<ColumnName> sealed(OpenedBackup backup) {
    Set<ColumnName> sealed = new HashSet<>();
    for (Table table : backup.header().schema().tables()) {
      for (Column column : table.sealedColumns()) {
        sealed.add(new ColumnName(table.name(), column.name()));
      }
    }
    return sealed;
  }
}
