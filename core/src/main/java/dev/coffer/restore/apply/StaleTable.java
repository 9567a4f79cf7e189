package dev.coffer.restore.apply;

import java.util.ArrayList;
import java.util.List;

/**
 * A table whose rows are no longer what the plan expects.
 *
 * @param rows how many
 * @param keys of the first of them, as JSON arrays
 */
public record StaleTable(String table, long rows, List<String> keys) {
  /** How many keys are kept. */
  public static final int MOST_KEYS = 100;

  public StaleTable {
    keys = List.copyOf(keys);
  }

  /** Collects the rows of one table. */
  static final class Counter {
    private final List<String> keys = new ArrayList<>();
    private long rows;

    void add(String key) {
      rows++;
      if (keys.size() < MOST_KEYS && !key.equals("[]")) {
        keys.add(key);
      }
    }

    void add(long more) {
      rows += more;
    }

    boolean any() {
      return rows > 0;
    }

    StaleTable of(String table) {
      return new StaleTable(table, rows, keys);
    }
  }
}
