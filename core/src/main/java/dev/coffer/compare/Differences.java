package dev.coffer.compare;

import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.TablePair.ColumnPair;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the differences of a table and hands them on. For one thread. */
final class Differences {
  private final TablePair pair;
  private final ChangeSink sink;
  private final RowPair rows;
  private final long[] columns;
  private long added;
  private long removed;
  private long changed;
  private long valuesChanged;
  private long sealedChanged;

  Differences(TablePair pair, Secrets secrets, ChangeSink sink) {
    this.pair = pair;
    this.sink = sink;
    rows = new RowPair(pair, secrets);
    columns = new long[pair.columns().size()];
  }

  void added(KeyedRow row) throws IOException {
    added(row.row(), row.count());
  }

  void removed(KeyedRow row) throws IOException {
    removed(row.row(), row.count());
  }

  void added(Row row, int count) throws IOException {
    added += count;
    Change change = new Change.Added(row);
    for (int i = 0; i < count; i++) {
      sink.change(pair, change);
    }
  }

  void removed(Row row, int count) throws IOException {
    removed += count;
    Change change = new Change.Removed(row);
    for (int i = 0; i < count; i++) {
      sink.change(pair, change);
    }
  }

  /** Rows with one key that are not equal; as many of each as the first says. */
  void changed(KeyedRow earlier, KeyedRow later) throws IOException {
    int count = earlier.count();
    rows.read(earlier.row(), later.row());
    boolean values = false;
    boolean sealed = false;
    for (int i = 0; i < columns.length; i++) {
      if (rows.differs(i)) {
        columns[i] += count;
        values |= !rows.isSealed(i);
        sealed |= rows.isSealed(i);
      }
    }
    sealed |= rows.fingerprintsDiffer();
    valuesChanged += values ? count : 0;
    sealedChanged += sealed ? count : 0;
    changed += count;
    Change change = new Change.Changed(earlier.row(), later.row());
    for (int i = 0; i < count; i++) {
      sink.change(pair, change);
    }
  }

  ChangeLog.Counts counts() {
    return new ChangeLog.Counts(added, removed, changed);
  }

  Map<String, Long> columns() {
    Map<String, Long> changes = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] > 0) {
        ColumnPair column = pair.columns().get(i);
        changes.put(column.before().name(), columns[i]);
      }
    }
    return changes;
  }

  long valuesChanged() {
    return valuesChanged;
  }

  long sealedChanged() {
    return sealedChanged;
  }
}
