package dev.coffer.export;

/** Where the tables of an export go: each to a file of its own, or all to one place. */
@FunctionalInterface
interface Outputs {

  /**
   * The place for a table's rows, until the next call.
   *
   * @param table its name in the backup; empty for an export that is one text
   */
  Output open(String table);
}
