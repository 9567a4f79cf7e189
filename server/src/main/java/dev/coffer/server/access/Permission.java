package dev.coffer.server.access;

/** What a request may need; the authorities that Spring Security knows, by name. */
public enum Permission {
  /** See backups and jobs. */
  VIEW,
  /** Create and verify backups, cancel jobs. */
  OPERATE,
  /** Look at the records inside a backup, and at how two differ. */
  BROWSE,
  /** Take data out. */
  DOWNLOAD,
  /** Change the protected database: restore, and undo that. */
  RESTORE,
  /** Delete backups, mark those to be kept, and say when backups are made and how many stay. */
  MANAGE,
  /** See and export the audit trail. */
  AUDIT,
  /** Users and tokens. */
  ACCESS
}
