package dev.coffer.restore.rebuild;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import dev.coffer.loading.StandIn;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.restore.rebuild.RebuildResult.LostSecrets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** The rows of one table whose sealed values stay closed, by column. For one thread. */
final class ClosedValues {
  private static final int MOST_KEYS = 100;

  private final Table table;
  private final List<Column> stored;
  private final int[] keyColumns;
  private final long[] rows;
  private final List<List<String>> keys = new ArrayList<>();
  private final ByteSink field = new ByteSink(1 << 6);

  ClosedValues(Table table) {
    this.table = table;
    stored = table.storedColumns();
    List<String> names = stored.stream().map(Column::name).toList();
    keyColumns = table.primaryKey().stream().mapToInt(names::indexOf).toArray();
    rows = new long[stored.size()];
    stored.forEach(column -> keys.add(new ArrayList<>()));
  }

  void add(RowDecoder row) {
    for (int i = 0; i < rows.length; i++) {
      if (row.isClosed(i)) {
        rows[i]++;
        if (keys.get(i).size() < MOST_KEYS && keyColumns.length > 0) {
          keys.get(i).add(key(row));
        }
      }
    }
  }

  private String key(RowDecoder row) {
    StringJoiner key = new StringJoiner(",");
    for (int column : keyColumns) {
      field.clear(1 << 10);
      if (column >= 0 && !row.isClosed(column) && !row.isNull(column)) {
        row.plainText(column, field);
      }
      key.add(new String(field.array(), 0, field.length(), StandardCharsets.UTF_8));
    }
    return key.toString();
  }

  void add(ClosedValues other) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] += other.rows[i];
      List<String> mine = keys.get(i);
      other.keys.get(i).stream().limit(MOST_KEYS - mine.size()).forEach(mine::add);
    }
  }

  /** What was lost, a record for each column that had a value anywhere. */
  List<LostSecrets> lost(List<StandIn> standIns) {
    List<LostSecrets> lost = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] > 0) {
        String instead = standIns.get(i).description();
        lost.add(
            new LostSecrets(
                table.logicalName(), stored.get(i).name(), instead, rows[i], keys.get(i)));
      }
    }
    return lost;
  }
}
