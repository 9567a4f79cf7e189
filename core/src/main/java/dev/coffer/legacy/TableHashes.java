package dev.coffer.legacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weak hashes that a table may have been given: over its rows as the file has them or sorted by
 * {@code id}, whole or without related rows.
 *
 * <p>Sorting keeps an id and four numbers for each row, for as many rows as {@link #MOST_SORTED}.
 */
final class TableHashes {
  static final int MOST_SORTED = 250_000;

  private record Entry(String id, WeakHash whole, WeakHash columns) {}

  private final WeakHash whole = new WeakHash().add("[");
  private final WeakHash columns = new WeakHash().add("[");
  private final Set<String> printed = new HashSet<>();
  private final List<Entry> entries = new ArrayList<>();
  private String lastId = "";
  private boolean sorted = true;
  private long rows;

  void add(LegacyRow row) {
    Map<String, String> stored = row.columns();
    WeakHash rowWhole = new WeakHash();
    WeakHash rowColumns = new WeakHash();
    StringBuilder member = new StringBuilder();
    String before = "{";
    String beforeColumn = "{";
    for (LegacyRow.Member each : row.members()) {
      member.setLength(0);
      JsonText.quote(member, each.key());
      member.append(':').append(each.text());
      rowWhole.add(before).add(member);
      before = ",";
      if (stored.containsKey(each.key())) {
        rowColumns.add(beforeColumn).add(member);
        beforeColumn = ",";
      }
    }
    rowWhole.add(before.equals("{") ? "{}" : "}");
    rowColumns.add(beforeColumn.equals("{") ? "{}" : "}");
    append(whole, rowWhole, rows);
    append(columns, rowColumns, rows);
    rows++;
    remember(stored.getOrDefault("id", ""), rowWhole, rowColumns);
  }

  private void remember(String id, WeakHash rowWhole, WeakHash rowColumns) {
    sorted &= lastId.compareTo(id) <= 0;
    lastId = id;
    if (rows <= MOST_SORTED) {
      entries.add(new Entry(id, rowWhole, rowColumns));
    } else {
      entries.clear();
    }
  }

  /** Whether the rows were too many to be put in order, and were not in order already. */
  boolean skipped() {
    return rows > MOST_SORTED && !sorted;
  }

  /** All texts that may stand for this table's rows, after {@link #finish()}. */
  Set<String> printed() {
    return printed;
  }

  /** The table has ended: works out its hashes and forgets its rows. */
  void finish() {
    printed.addAll(closed(whole));
    printed.addAll(closed(columns));
    if (!sorted && !skipped()) {
      entries.sort(Comparator.comparing(Entry::id));
      WeakHash sortedWhole = new WeakHash().add("[");
      WeakHash sortedColumns = new WeakHash().add("[");
      int at = 0;
      for (Entry entry : entries) {
        append(sortedWhole, entry.whole, at);
        append(sortedColumns, entry.columns, at);
        at++;
      }
      printed.addAll(closed(sortedWhole));
      printed.addAll(closed(sortedColumns));
    }
    entries.clear();
  }

  private static void append(WeakHash table, WeakHash row, long rowsBefore) {
    if (rowsBefore > 0) {
      table.add(",");
    }
    table.add(row.hash(), row.power());
  }

  private static Set<String> closed(WeakHash table) {
    return new WeakHash().add(table.hash(), table.power()).add("]").printed();
  }
}
