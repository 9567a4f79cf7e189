package dev.coffer.server.comparisons;

import dev.coffer.compare.ChangeKind;
import java.util.List;
import java.util.Optional;

/**
 * How one record differs.
 *
 * @param key the values that tell it apart; all, where there is no key
 * @param values its other values: of one that was changed, those that stayed the same
 * @param columns what changed, as far as it can be told
 * @param sealedChanged whether locked values changed, known or not which
 */
record RecordChange(
    ChangeKind kind,
    List<Field> key,
    List<Field> values,
    List<ColumnChange> columns,
    boolean sealedChanged) {
  RecordChange {
    key = List.copyOf(key);
    values = List.copyOf(values);
    columns = List.copyOf(columns);
  }

  /**
   * A value.
   *
   * @param text PostgreSQL's; empty where there is no value, and where it is locked
   * @param cut whether the text goes on
   */
  record Field(String column, Optional<String> text, boolean sealed, boolean cut) {}

  /** A value then and now; the column may be called differently. */
  record ColumnChange(Field before, Field after) {
    public boolean sealed() {
      return before.sealed() || after.sealed();
    }
  }

  /** Whether locked values changed of which one cannot tell the column. */
  public boolean sealedUnknown() {
    return sealedChanged && columns.stream().noneMatch(ColumnChange::sealed);
  }
}
