package dev.coffer.compare;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.TablePair.ColumnPair;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the differences of a table and hands them on. For one thread. */
final class Differences {
  private static final int KEEP = 1 << 16;

  private final TablePair pair;
  private final Method method;
  private final ChangeSink sink;
  private final SideRows before;
  private final SideRows after;
  private final ByteSink from = new ByteSink(1 << 10);
  private final ByteSink to = new ByteSink(1 << 10);
  private final long[] columns;
  private long added;
  private long removed;
  private long changed;
  private long valuesChanged;
  private long sealedChanged;

  Differences(TablePair pair, Method method, ChangeSink sink) {
    this.pair = pair;
    this.method = method;
    this.sink = sink;
    before = new SideRows(pair, Side.BEFORE, method);
    after = new SideRows(pair, Side.AFTER, method);
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
    before.read(earlier.row());
    after.read(later.row());
    boolean values = false;
    boolean sealed = false;
    for (int i = 0; i < columns.length; i++) {
      if (differs(i)) {
        columns[i] += count;
        values |= !before.isSealed(i);
        sealed |= before.isSealed(i);
      }
    }
    sealed |= fingerprintsDiffer();
    valuesChanged += values ? count : 0;
    sealedChanged += sealed ? count : 0;
    changed += count;
    Change change = new Change.Changed(earlier.row(), later.row());
    for (int i = 0; i < count; i++) {
      sink.change(pair, change);
    }
  }

  private boolean differs(int column) {
    clear();
    before.value(column, from);
    after.value(column, to);
    return !same();
  }

  /** The primary key is part of a fingerprint: where it changed, nothing is known. */
  private boolean fingerprintsDiffer() {
    if (method.secrets() != ComparisonResult.Secrets.BY_FINGERPRINT) {
      return false;
    }
    clear();
    before.primaryKey(from);
    after.primaryKey(to);
    if (!same()) {
      return false;
    }
    clear();
    before.fingerprint(from);
    after.fingerprint(to);
    return !same();
  }

  private void clear() {
    from.clear(KEEP);
    to.clear(KEEP);
  }

  private boolean same() {
    return Arrays.equals(from.array(), 0, from.length(), to.array(), 0, to.length());
  }

  ChangeLog.Counts counts() {
    return new ChangeLog.Counts(added, removed, changed);
  }

  Map<String, Long> columns() {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (int i = 0; i < columns.length; i++) {
      if (columns[i] > 0) {
        ColumnPair column = pair.columns().get(i);
        rows.put(column.before().name(), columns[i]);
      }
    }
    return rows;
  }

  long valuesChanged() {
    return valuesChanged;
  }

  long sealedChanged() {
    return sealedChanged;
  }
}
