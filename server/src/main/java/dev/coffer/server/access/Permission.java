package dev.coffer.server.access;

/** What a request may need; the authorities that Spring Security knows, by name. */
public enum Permission {
  /** See backups and jobs. */
  VIEW,
  /** Create and verify backups, cancel jobs. */
  OPERATE,
  /** Take data out. */
  DOWNLOAD,
  /** Delete backups, and mark those to be kept. */
  MANAGE,
  /** See and export the audit trail. */
  AUDIT,
  /** Users and tokens. */
  ACCESS
}
