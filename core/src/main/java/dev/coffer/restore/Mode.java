package dev.coffer.restore;

import java.util.Locale;

/** What a restore does with rows that differ. */
public enum Mode {
  /** The database becomes equal to the backup. */
  EXACT,
  /** Rows are inserted and changed back; those that only the database has stay. */
  MERGE,
  /** Only rows that are gone are inserted. */
  MISSING;

  /** As the command line and the journal write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
