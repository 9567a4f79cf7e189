package dev.coffer.browse;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads decoded rows off, each value up to a length. For one thread. */
final class RowReader {
  private static final int KEEP = 1 << 20;

  private final Table table;
  private final List<Column> columns;
  private final int longest;
  private final ByteSink text = new ByteSink(1 << 10);

  /**
   * @param longest how many bytes of a value are read; what is longer is cut
   */
  RowReader(Table table, int longest) {
    this.table = table;
    this.columns = table.storedColumns();
    this.longest = longest;
  }

  BrowsedRow read(RowDecoder row, long position) {
    List<Value> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      values.add(value(row, i, longest));
    }
    return new BrowsedRow(table, position, key(row), values);
  }

  private Value value(RowDecoder row, int place, int most) {
    Column column = columns.get(place);
    if (row.isNull(place)) {
      return new Value(column, Form.NOTHING, "", 0, false);
    }
    if (row.isClosed(place)) {
      return new Value(column, Form.LOCKED, "", 0, false);
    }
    text.clear(KEEP);
    row.plainText(place, text);
    int end = text.length();
    if (end > most) {
      end = most;
      while (end > 0 && (text.array()[end] & 0xc0) == 0x80) {
        end--;
      }
    }
    return new Value(
        column,
        Form.of(column),
        new String(text.array(), 0, end, StandardCharsets.UTF_8),
        text.length(),
        end < text.length());
  }

  private Optional<List<String>> key(RowDecoder row) {
    if (table.primaryKey().isEmpty()) {
      return Optional.empty();
    }
    List<String> key = new ArrayList<>();
    for (String name : table.primaryKey()) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(name) && !row.isNull(i) && !row.isClosed(i)) {
          key.add(value(row, i, Integer.MAX_VALUE).text());
        }
      }
    }
    return key.size() == table.primaryKey().size() ? Optional.of(key) : Optional.empty();
  }
}
