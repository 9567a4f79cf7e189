package dev.coffer.model;

import java.util.Arrays;
import java.util.Optional;

/** What a backup holds. The words are those of the document and of the file names. */
public enum BackupKind {
  /** All tables, and a reason for taking it. */
  COMPREHENSIVE("comprehensive", "comprehensive"),
  /** All tables. */
  DATABASE("database", "database"),
  /** The tables that the profile names, with totals. */
  SALES("sales", "sales-data");

  private final String word;
  private final String folder;

  BackupKind(String word, String folder) {
    this.word = word;
    this.folder = folder;
  }

  /** The kind as the document and the command line write it. */
  public String word() {
    return word;
  }

  /** The folder below the backups' root. */
  public String folder() {
    return folder;
  }

  public static Optional<BackupKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }
}
