package dev.coffer.server.audit;

/** What is written down. The names stay the same; the words are for people. */
public enum Action {
  SIGNED_IN("Signed in"),
  SIGNED_OUT("Signed out"),
  PASSWORD_CHANGED("Password changed"),
  USER_CREATED("User created"),
  USER_CHANGED("User changed"),
  TOKEN_CREATED("Token created"),
  TOKEN_REVOKED("Token revoked"),
  BACKUP_CREATED("Backup created"),
  BACKUP_VERIFIED("Backup checked"),
  BACKUP_PROVEN("Backup restored on trial"),
  BACKUP_DOWNLOADED("Backup downloaded"),
  BACKUP_KEPT("Backup marked keep"),
  BACKUP_RELEASED("Keep mark removed"),
  BACKUP_DELETED("Backup deleted"),
  RECORDS_VIEWED("Records looked at"),
  BACKUPS_COMPARED("Backup compared"),
  DATABASE_RESTORED("Database restored"),
  RESTORE_UNDONE("Restore undone"),
  SETTINGS_CHANGED("Settings changed"),
  KEY_TESTED("Key tested"),
  SCHEDULE_CREATED("Schedule created"),
  SCHEDULE_CHANGED("Schedule changed"),
  SCHEDULE_DELETED("Schedule deleted"),
  SCHEDULE_MISSED("Scheduled run missed"),
  RETENTION_CHANGED("Retention changed"),
  AUDIT_EXPORTED("Audit trail exported");

  private final String words;

  Action(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
