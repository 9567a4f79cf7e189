package dev.coffer.error;

/**
 * Every failure Coffer reports, by a code that stays the same from release to release. Scripts may
 * rely on the name and on the exit status; the words around them may improve.
 */
public enum ErrorCode {
  USAGE(ExitStatus.USAGE),
  REASON_INVALID(ExitStatus.USAGE),
  PROFILE_INVALID(ExitStatus.USAGE),
  BACKUP_NOT_FOUND(ExitStatus.USAGE),
  TABLE_NOT_FOUND(ExitStatus.USAGE),
  RECORD_NOT_FOUND(ExitStatus.USAGE),
  RECORD_AMBIGUOUS(ExitStatus.USAGE),
  RESTORE_NOT_FOUND(ExitStatus.USAGE),
  COMPARISON_NOT_FOUND(ExitStatus.USAGE),
  COMPARISON_EXPIRED(ExitStatus.USAGE),

  NOT_A_BACKUP(ExitStatus.DAMAGED),
  BACKUP_DAMAGED(ExitStatus.DAMAGED),
  BACKUP_NOT_AUTHENTIC(ExitStatus.DAMAGED),
  BACKUP_TOO_NEW(ExitStatus.DAMAGED),

  DATABASE_UNREACHABLE(ExitStatus.DATABASE),
  DATABASE_AUTHENTICATION(ExitStatus.DATABASE),
  DATABASE_UNKNOWN(ExitStatus.DATABASE),
  DATABASE_VERSION(ExitStatus.DATABASE),
  DATABASE_PRIVILEGES(ExitStatus.DATABASE),
  DATABASE_CHANGED(ExitStatus.DATABASE),
  DATABASE_LOCKED(ExitStatus.DATABASE),
  DATABASE_LOST(ExitStatus.DATABASE),
  DATABASE_FAILED(ExitStatus.DATABASE),

  TARGET_EXISTS(ExitStatus.REFUSED),
  PRIVATE_FILE_EXPOSED(ExitStatus.REFUSED),
  CONFIRMATION_WRONG(ExitStatus.REFUSED),
  BACKUP_KEPT(ExitStatus.REFUSED),
  BACKUP_IN_USE(ExitStatus.REFUSED),
  KEY_NEEDED(ExitStatus.REFUSED),
  PLAN_STALE(ExitStatus.REFUSED),
  ROWS_CHANGED_SINCE(ExitStatus.REFUSED),
  RESTORE_RUNNING(ExitStatus.REFUSED),
  SCHEMA_DIFFERS(ExitStatus.REFUSED),
  CONSTRAINT_VIOLATED(ExitStatus.REFUSED),

  TARGET_MISSING(ExitStatus.FAILED),
  TARGET_UNWRITABLE(ExitStatus.FAILED),
  TARGET_FULL(ExitStatus.FAILED),
  KEY_INVALID(ExitStatus.FAILED),
  KEY_MISSING(ExitStatus.FAILED),
  KEY_DOES_NOT_OPEN(ExitStatus.FAILED),
  FILE_UNREADABLE(ExitStatus.FAILED),
  VALUE_UNSUPPORTED(ExitStatus.FAILED),
  NOT_PROVEN(ExitStatus.FAILED),
  INTERNAL(ExitStatus.FAILED),

  INTERRUPTED(ExitStatus.INTERRUPTED);

  private final int exitStatus;

  ErrorCode(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** The status with which a command that fails by this code ends. */
  public int exitStatus() {
    return exitStatus;
  }
}
