package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup.StoredRow;
import dev.coffer.bytes.Sha256;
import dev.coffer.compare.Row;
import dev.coffer.restore.apply.RowChange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Picks the first rows of a table that an undo touches, of each kind, as examples. */
final class UndoExamples {
  private final PlannedTable table;
  private final int each;

  /** Those whose row of now is still to be found, by its hash. */
  private final Map<String, RowChange> wanted = new HashMap<>();

  private int inserted;
  private int changed;
  private int deleted;

  /**
   * @param table takes the examples
   * @param each how many of a kind
   */
  UndoExamples(PlannedTable table, int each) {
    this.table = table;
    this.each = each;
  }

  /** A change that the undo would make. */
  void planned(RowChange change) {
    if (change.expectedHash().isEmpty()) {
      if (change.wanted().isPresent() && inserted++ < each) {
        Row row = change.wanted().get();
        table.insert(row, table.keyOfBefore(row));
      }
    } else if (change.wanted().isPresent() ? changed++ < each : deleted++ < each) {
      wanted.put(Sha256.hex(change.expectedHash().get()), change);
    }
  }

  /** A row of the database that the undo would touch. */
  void live(String hash, StoredRow stored) {
    RowChange change = wanted.remove(hash);
    if (change == null) {
      return;
    }
    Row row =
        new Row(
            Arrays.copyOfRange(stored.line(), stored.from(), stored.to()),
            stored.secretsTo() > stored.secretsFrom()
                ? Arrays.copyOfRange(stored.secrets(), stored.secretsFrom(), stored.secretsTo())
                : new byte[0]);
    if (change.wanted().isEmpty()) {
      table.delete(table.keyOfAfter(row));
    } else {
      boolean _ = table.change(change.wanted().get(), row);
    }
  }
}
