package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
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

/**
 * Backups that a restore stands on. All of their bytes are checked before anything is changed; what
 * their chunks hold is checked once, by whoever reads it first.
 */
final class Safety {
  private Safety() {}

  /**
   * Takes a safety backup, reads it back from the disk and opens it, with its secrets if an
   * identity fits.
   *
   * @see UnreadChunks
   */
  static OpenedBackup take(
      BackupRequest live,
      Set<ColumnName> sealedThere,
      List<Identity> identities,
      Progress progress) {
    Path file = Backups.take(live.forSafety(sealedThere), progress).file();
    progress.stage("verifying the safety backup");
    OpenedBackup backup = open(file, identities);
    try {
      if (!backup.checkStored()) {
        require(file, List.of(), List.of(), progress);
      }
      return backup;
    } catch (RuntimeException failure) {
      backup.close();
      throw failure;
    }
  }

  /**
   * Opens the backup that is restored, of whose file every byte has been compared with what was
   * written. Its rows are compared with what was signed when they are read.
   *
   * @throws CofferException {@code BACKUP_DAMAGED} or {@code BACKUP_NOT_AUTHENTIC}
   */
  static ScratchBackup openWhole(
      Path file, List<Identity> identities, List<VerifyKey> trusted, Progress progress) {
    progress.stage("verifying");
    try {
      ScratchBackup backup = ScratchBackup.open(file, identities);
      try {
        requireTrusted(backup.backup(), trusted);
        if (!backup.backup().checkStored()) {
          require(file, identities, trusted, progress);
        }
        return backup;
      } catch (RuntimeException failure) {
        backup.close();
        throw failure;
      }
    } catch (CofferException refused) {
      if (refused.code().exitStatus() == ExitStatus.DAMAGED) {
        // Says all that is wrong.
        require(file, identities, trusted, progress);
      }
      throw refused;
    }
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
    if (errors.stream().allMatch(error -> error.code() == Finding.Code.SIGNER_NOT_TRUSTED)) {
      throw notTrusted(file);
    }
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
      throw notTrusted(backup.file());
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

  private static CofferException notTrusted(Path file) {
    return new CofferException(
        ErrorCode.BACKUP_NOT_AUTHENTIC,
        file + " is signed by a key that is not among the trusted ones",
        "Nothing was changed. If it is genuine, put its signer's signing.pub into keys/trusted.");
  }
}
