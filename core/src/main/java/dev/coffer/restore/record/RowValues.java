package dev.coffer.restore.record;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads some columns' values off a decoded row. For one thread. */
final class RowValues {
  private final ByteSink text = new ByteSink(64);

  /** PostgreSQL's texts by column name, without those that are null or closed. */
  Map<String, String> of(Table table, RowDecoder row, Set<String> wanted) {
    List<Column> columns = table.storedColumns();
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (wanted.contains(column.name()) && !row.isNull(i) && !row.isClosed(i)) {
        text.clear(1 << 16);
        row.plainText(i, text);
        values.put(
            column.name(), new String(text.array(), 0, text.length(), StandardCharsets.UTF_8));
      }
    }
    return values;
  }
}
