package dev.coffer.json;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a table with sealed columns, written as if these were not sealed, or were not there: what
 * can be compared with rows read from a database without the keys that made the document. One
 * instance per table and thread.
 */
public final class PlainLine {
  private final Table plain;
  private final int[] places;
  private final byte[][] openings;

  /**
   * @param opened whether the rows' sealed values are open, and to be written; else left out
   */
  public PlainLine(Table table, boolean opened) {
    List<Column> stored = table.storedColumns();
    List<Column> kept = new ArrayList<>();
    List<Integer> from = new ArrayList<>();
    for (int i = 0; i < stored.size(); i++) {
      if (opened || !stored.get(i).sealed()) {
        kept.add(stored.get(i).withSealed(false));
        from.add(i);
      }
    }
    plain =
        new Table(
            table.name(),
            table.logicalName(),
            table.kind(),
            kept,
            table.primaryKey(),
            table.uniqueKeys(),
            "");
    places = from.stream().mapToInt(i -> i).toArray();
    openings = new byte[places.length][];
    for (int i = 0; i < places.length; i++) {
      String key = (i == 0 ? "{" : ",") + JsonStrings.quote(kept.get(i).key()) + ":";
      openings[i] = key.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The table whose rows have these lines. */
  public Table table() {
    return plain;
  }

  /** Appends a row's line. */
  public void append(RowDecoder row, ByteSink line) {
    if (places.length == 0) {
      line.put('{');
    }
    for (int i = 0; i < places.length; i++) {
      line.put(openings[i]);
      row.json(places[i], line);
    }
    line.put('}');
  }
}
