package dev.coffer.server.access;

/** What a request may need; the authorities that Spring Security knows, by name. */
public enum Permission {
  /** See backups and jobs. */
  VIEW,
  /** Create and verify backups, cancel jobs. */
  OPERATE,
  /** Take data out. */
  DOWNLOAD,
  /** Delete backups, mark those to be kept, and say when backups are made and how many stay. */
  MANAGE,
  /** See and export the audit trail. */
  AUDIT,
  /** Users and tokens. */
  ACCESS
}
