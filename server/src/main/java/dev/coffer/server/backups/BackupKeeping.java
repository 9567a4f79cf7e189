package dev.coffer.server.backups;

import dev.coffer.archive.ProofFile;
import dev.coffer.backup.Reasons;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Marks backups to be kept for ever, and deletes others. */
@Component
public class BackupKeeping {
  private static final String SQL_METADATA = ".meta.json";

  private final Verifications verifications;
  private final JobRunner runner;
  private final AuditTrail audit;
  private final List<Function<Backup, Optional<String>>> uses = new CopyOnWriteArrayList<>();

  BackupKeeping(Verifications verifications, JobRunner runner, AuditTrail audit) {
    this.verifications = verifications;
    this.runner = runner;
    this.audit = audit;
    spare(backup -> underWay(JobKind.PROOF, backup, "it is being restored on trial"));
    spare(backup -> underWay(JobKind.VERIFICATION, backup, "it is being checked"));
  }

  private Optional<String> underWay(JobKind kind, Backup backup, String what) {
    return runner.working(kind, backup.name()).map(job -> what);
  }

  /** From now on no backup is deleted of which {@code use} says what it is needed for. */
  public void spare(Function<Backup, Optional<String>> use) {
    uses.add(use);
  }

  void keep(Backup backup, boolean keep, Actor actor) {
    if (keep) {
      KeepMark.put(backup.info().file(), "Marked by " + actor.name());
    } else {
      KeepMark.remove(backup.info().file());
    }
    audit.done(actor, keep ? Action.BACKUP_KEPT : Action.BACKUP_RELEASED, backup.name(), "");
  }

  /**
   * Deletes a backup for good; one that is gone already is no failure.
   *
   * @throws CofferException {@code REASON_INVALID}; {@code BACKUP_KEPT} for one that is to be kept;
   *     {@code BACKUP_IN_USE}; {@code TARGET_UNWRITABLE}
   */
  public void delete(Backup backup, String reason, Actor actor) {
    String checked = Reasons.check(BackupKind.COMPREHENSIVE, reason);
    Path file = backup.info().file();
    if (KeepMark.isOn(file)) {
      throw new CofferException(
          ErrorCode.BACKUP_KEPT, "the backup is marked to be kept", "Remove the mark first.");
    }
    requireUnused(backup);
    boolean deleted;
    try {
      deleted = Files.deleteIfExists(file);
      Files.deleteIfExists(ProofFile.beside(file));
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + SQL_METADATA));
    } catch (IOException failure) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "the file cannot be deleted: " + file,
          "Check the owner and the permissions of the folder.",
          failure);
    }
    verifications.forget(file);
    if (deleted) {
      audit.done(actor, Action.BACKUP_DELETED, backup.name(), checked);
    }
  }

  private void requireUnused(Backup backup) {
    for (Function<Backup, Optional<String>> use : uses) {
      Optional<String> needed = use.apply(backup);
      if (needed.isPresent()) {
        throw new CofferException(
            ErrorCode.BACKUP_IN_USE,
            "the backup is in use: " + needed.get(),
            "Delete it when that is over.");
      }
    }
  }
}
