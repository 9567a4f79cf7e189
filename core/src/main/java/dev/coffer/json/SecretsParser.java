package dev.coffer.json;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.util.List;

/**
 * Reads a row's line of sealed values (docs/FORMAT.md, "Sealed values"): an array with one value
 * for each sealed column, in the schema's order. One instance per table and thread.
 */
final class SecretsParser {
  private final ValueKind[] kinds;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] nulls;
  private final JsonScanner scanner = new JsonScanner();
  private byte[] text = {};

  SecretsParser(Table table) {
    this(table.storedColumns().stream().filter(Column::sealed).map(Column::kind).toList());
  }

  SecretsParser(List<ValueKind> columns) {
    kinds = columns.toArray(ValueKind[]::new);
    starts = new int[kinds.length];
    ends = new int[kinds.length];
    nulls = new boolean[kinds.length];
  }

  void parse(byte[] bytes, int from, int limit) throws RowFormatException {
    text = bytes;
    scanner.over(bytes, limit);
    int at = from;
    for (int i = 0; i < kinds.length; i++) {
      at = scanner.expect(i == 0 ? '[' : ',', at);
      starts[i] = at;
      nulls[i] = scanner.isNull(at);
      at = nulls[i] ? at + "null".length() : scanner.value(kinds[i], at);
      ends[i] = at;
    }
    if (scanner.expect(']', at) != limit) {
      throw new RowFormatException(at, false);
    }
  }

  byte[] bytes() {
    return text;
  }

  boolean isNull(int place) {
    return nulls[place];
  }

  int start(int place) {
    return starts[place];
  }

  int end(int place) {
    return ends[place];
  }
}
