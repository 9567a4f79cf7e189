package dev.coffer.insight;

import dev.coffer.model.RowView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Something counted in one table by one thread, to be merged with what other threads counted. */
sealed interface Gauge permits Gauge.Match, Gauge.Sum, Gauge.Labels, Groups {

  /** More different values than this are not told apart. */
  int MOST_VALUES = 10_000;

  void row(RowView row);

  /** Adds what {@code other}, made from the same {@link Spec}, has counted. */
  void merge(Gauge other);

  /** What to count; columns are numbers of stored columns. */
  sealed interface Spec {
    Gauge start();
  }

  /** Rows whose column has one of the values. */
  record MatchSpec(int column, boolean isBoolean, Set<String> values) implements Spec {
    @Override
    public Match start() {
      return new Match(this);
    }
  }

  /** Rows, and sums of other columns, by a column's value. */
  record GroupSpec(int column, boolean isBoolean, List<Integer> summed) implements Spec {
    @Override
    public Groups start() {
      return new Groups(this);
    }
  }

  /** The sum of a column. */
  record SumSpec(int column) implements Spec {
    @Override
    public Sum start() {
      return new Sum(column);
    }
  }

  /** The label of each key. */
  record LabelSpec(int key, int label) implements Spec {
    @Override
    public Labels start() {
      return new Labels(this);
    }
  }

  final class Match implements Gauge {
    private final int column;
    private final byte[][] plain;
    private final Set<String> values;
    private long rows;

    Match(MatchSpec spec) {
      this.column = spec.column();
      this.values = spec.values();
      this.plain =
          spec.values().stream()
              .flatMap(value -> Groups.spellings(value, spec.isBoolean()).stream())
              .map(value -> value.getBytes(StandardCharsets.UTF_8))
              .toArray(byte[][]::new);
    }

    @Override
    public void row(RowView row) {
      if (!row.isNull(column) && matches(row)) {
        rows++;
      }
    }

    private boolean matches(RowView row) {
      byte[] bytes = row.bytes();
      int start = row.start(column);
      int end = row.end(column);
      for (byte[] value : plain) {
        if (Arrays.equals(bytes, start, end, value, 0, value.length)) {
          return true;
        }
      }
      for (int at = start; at < end; at++) {
        if (bytes[at] == '\\') {
          return values.contains(row.text(column));
        }
      }
      return false;
    }

    @Override
    public void merge(Gauge other) {
      rows += ((Match) other).rows;
    }

    long rows() {
      return rows;
    }
  }

  final class Sum implements Gauge {
    private final int column;
    private final DecimalSum sum = new DecimalSum();

    Sum(int column) {
      this.column = column;
    }

    @Override
    public void row(RowView row) {
      if (!row.isNull(column)) {
        sum.add(row, column);
      }
    }

    @Override
    public void merge(Gauge other) {
      sum.merge(((Sum) other).sum);
    }

    DecimalSum sum() {
      return sum;
    }
  }

  final class Labels implements Gauge {
    private final LabelSpec spec;
    private final Map<String, String> labels = new HashMap<>();
    private boolean tooMany;

    Labels(LabelSpec spec) {
      this.spec = spec;
    }

    @Override
    public void row(RowView row) {
      if (!tooMany && !row.isNull(spec.key()) && !row.isNull(spec.label())) {
        put(FlaggedIds.cut(row.text(spec.key())), FlaggedIds.cut(row.text(spec.label())));
      }
    }

    /** Of several labels for one key the first by text stays: the order of rows must not matter. */
    private void put(String key, String label) {
      labels.merge(key, label, (left, right) -> left.compareTo(right) <= 0 ? left : right);
      if (labels.size() > MOST_VALUES) {
        tooMany = true;
        labels.clear();
      }
    }

    @Override
    public void merge(Gauge other) {
      Labels theirs = (Labels) other;
      if (tooMany || theirs.tooMany) {
        tooMany = true;
        labels.clear();
      } else {
        for (Map.Entry<String, String> entry : theirs.labels.entrySet()) {
          if (!tooMany) {
            put(entry.getKey(), entry.getValue());
          }
        }
      }
    }

    /** The key's label; the key itself where there is none or there are too many. */
    String labelOf(String key) {
      return labels.getOrDefault(key, key);
    }
  }
}
