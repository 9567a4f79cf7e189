package dev.coffer.restore;

import java.util.List;

/**
 * What a restore does to a table. Keys are JSON arrays; of each kind the first are told.
 *
 * @param onlyLive rows that only the database has and that stay
 * @param differing rows that differ and stay as they are
 * @param keptSecrets rows whose secrets differ, or may, and stay, since no key opens the backup's
 * @param resets inserted rows that get a secret that nobody can use, or none
 * @param examples some of the rows that are touched
 */
public record TablePlan(
    String name,
    long inserted,
    long changed,
    long deleted,
    long onlyLive,
    long differing,
    long keptSecrets,
    long resets,
    List<String> insertedKeys,
    List<String> changedKeys,
    List<String> deletedKeys,
    List<String> resetKeys,
    List<RowExample> examples) {
  public TablePlan {
    insertedKeys = List.copyOf(insertedKeys);
    changedKeys = List.copyOf(changedKeys);
    deletedKeys = List.copyOf(deletedKeys);
    resetKeys = List.copyOf(resetKeys);
    examples = List.copyOf(examples);
  }

  /** How many rows are touched. */
  public long touched() {
    return inserted + changed + deleted;
  }

  boolean worthTelling() {
    return touched() + onlyLive + differing + keptSecrets > 0;
  }
}
