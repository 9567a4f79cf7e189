package dev.coffer.browse;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.util.List;
import java.util.stream.IntStream;

/** Rows by a text in any value. */
final class TextSearch implements RowSearch {
  private static final int KEEP = 1 << 20;

  private final List<Column> columns;
  private final CaselessText inLine;
  private final CaselessText inValue;
  private final ByteSink value = new ByteSink(1 << 10);

  TextSearch(Table table, String text) {
    columns = table.storedColumns();
    inLine = CaselessText.escaped(text);
    inValue = CaselessText.plain(text);
  }

  @Override
  public int[] places(byte[] text, int length) {
    IntStream.Builder places = IntStream.builder();
    int at = inLine.indexOf(text, 0, length);
    while (at >= 0) {
      places.add(at);
      // One place tells the line.
      while (at < length && text[at] != '\n') {
        at++;
      }
      at = inLine.indexOf(text, at, length);
    }
    return places.build().toArray();
  }

  /** The text may have been found in a column's name, or across two values. */
  @Override
  public boolean fits(RowDecoder row) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).kind() != ValueKind.BOOLEAN && !row.isNull(i) && !row.isClosed(i)) {
        value.clear(KEEP);
        row.plainText(i, value);
        if (inValue.indexOf(value.array(), 0, value.length()) >= 0) {
          return true;
        }
      }
    }
    return false;
  }
}
