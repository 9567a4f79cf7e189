package dev.coffer.compare;

import dev.coffer.compare.ComparisonResult.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the rows of both sides that have one key. Holds the earlier side's. For one thread. */
final class Join {
  private final Differences differences;
  private final Map<Key, List<KeyedRow>> rows = new LinkedHashMap<>();

  private record Key(long high, long low) {
    static Key of(KeyedRow row) {
      return new Key(row.key(), row.moreKey());
    }
  }

  private Join(Differences differences) {
    this.differences = differences;
  }

  /** Joins rows that are in memory. */
  static void of(List<KeyedRow> before, List<KeyedRow> after, Differences differences)
      throws IOException {
    Join join = new Join(differences);
    before.forEach(join::before);
    for (KeyedRow row : after) {
      join.after(row);
    }
    join.finish();
  }

  /**
   * Joins rows on disk, dividing partitions further that are too large for the memory. Rows of one
   * key, or equal rows, cannot be divided: they are held however many they are.
   */
  static void of(Partitions partitions, SpillFile file, long memory, Differences differences)
      throws IOException {
    for (Partitions.Partition partition : partitions.all()) {
      boolean divides =
          partition.bytes(Side.BEFORE) > memory
              && partition.bytes(Side.AFTER) > 0
              && partitions.usedBits() < TableComparison.MOST_BITS;
      if (divides) {
        Partitions smaller = new Partitions(file, 4, partitions.usedBits(), memory / 2);
        partition.rows(Side.BEFORE, row -> smaller.add(Side.BEFORE, row));
        partition.rows(Side.AFTER, row -> smaller.add(Side.AFTER, row));
        smaller.flush();
        of(smaller, file, memory, differences);
      } else if (partition.bytes(Side.AFTER) == 0) {
        partition.rows(Side.BEFORE, differences::removed);
      } else {
        Join join = new Join(differences);
        partition.rows(Side.BEFORE, join::before);
        partition.rows(Side.AFTER, join::after);
        join.finish();
      }
    }
  }

  private void before(KeyedRow row) {
    List<KeyedRow> same = rows.computeIfAbsent(Key.of(row), key -> new ArrayList<>(1));
    for (int i = 0; i < same.size(); i++) {
      KeyedRow other = same.get(i);
      if (other.equalTo(row) && Arrays.equals(other.row().line(), row.row().line())) {
        same.set(i, other.times(other.count() + row.count()));
        return;
      }
    }
    same.add(row);
  }

  private void after(KeyedRow row) throws IOException {
    Key key = Key.of(row);
    List<KeyedRow> same = rows.getOrDefault(key, List.of());
    int left = cancel(same, row);
    while (left > 0 && !same.isEmpty()) {
      KeyedRow other = same.getLast();
      int count = Math.min(left, other.count());
      differences.changed(other.times(count), row);
      less(same, same.size() - 1, count);
      left -= count;
    }
    if (left > 0) {
      differences.added(row.times(left));
    }
    if (same.isEmpty()) {
      rows.remove(key);
    }
  }

  /** Takes equal rows away; answers how many of the later side are left. */
  private static int cancel(List<KeyedRow> same, KeyedRow row) {
    int left = row.count();
    for (int i = same.size() - 1; i >= 0 && left > 0; i--) {
      if (same.get(i).equalTo(row)) {
        int count = Math.min(left, same.get(i).count());
        less(same, i, count);
        left -= count;
      }
    }
    return left;
  }

  private static void less(List<KeyedRow> same, int place, int count) {
    KeyedRow row = same.get(place);
    if (row.count() == count) {
      same.remove(place);
    } else {
      same.set(place, row.times(row.count() - count));
    }
  }

  private void finish() throws IOException {
    for (List<KeyedRow> left : rows.values()) {
      for (KeyedRow row : left) {
        differences.removed(row);
      }
    }
    rows.clear();
  }
}
