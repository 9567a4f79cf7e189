package dev.coffer.server.backups;

import dev.coffer.archive.ProofFile;
import dev.coffer.backup.Reasons;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Marks backups to be kept for ever, and deletes others. */
@Component
public class BackupKeeping {
  private static final String SQL_METADATA = ".meta.json";

  private final Verifications verifications;
  private final AuditTrail audit;

  BackupKeeping(Verifications verifications, AuditTrail audit) {
    this.verifications = verifications;
    this.audit = audit;
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
   * Deletes a backup for good.
   *
   * @throws CofferException {@code REASON_INVALID}; {@code BACKUP_KEPT} for one that is to be kept;
   *     {@code TARGET_UNWRITABLE}
   */
  public void delete(Backup backup, String reason, Actor actor) {
    String checked = Reasons.check(BackupKind.COMPREHENSIVE, reason);
    Path file = backup.info().file();
    if (KeepMark.isOn(file)) {
      throw new CofferException(
          ErrorCode.BACKUP_KEPT, "the backup is marked to be kept", "Remove the mark first.");
    }
    try {
      Files.deleteIfExists(file);
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
    audit.done(actor, Action.BACKUP_DELETED, backup.name(), checked);
  }
}
