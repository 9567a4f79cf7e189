package dev.coffer.compare;

/** How one row differs between the earlier and the later state of a table. */
public sealed interface Change {

  /** A row that only the later state has. */
  record Added(Row after) implements Change {}

  /** A row that only the earlier state has. */
  record Removed(Row before) implements Change {}

  /** A row with one key and different values. */
  record Changed(Row before, Row after) implements Change {}
}
