package dev.coffer.export;

import dev.coffer.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Quotes the fields of a line as PostgreSQL does: only where it must. For one thread. */
final class CsvLine {
  private static final int KEEP = 1 << 20;
  private static final byte[] END_OF_DATA = {'\\', '.'};

  private final int columns;
  private final ByteSink field = new ByteSink(1 << 10);

  CsvLine(int columns) {
    this.columns = columns;
  }

  void header(List<String> names, ByteSink line) {
    for (int i = 0; i < names.size(); i++) {
      field().put(names.get(i).getBytes(StandardCharsets.UTF_8));
      end(i, false, line);
    }
    line.put('\n');
  }

  /** An empty place for the next field's plain text. */
  ByteSink field() {
    field.clear(KEEP);
    return field;
  }

  /** Appends the field, with the comma before it. */
  void end(int column, boolean isNull, ByteSink line) {
    if (column > 0) {
      line.put(',');
    }
    if (isNull) {
      return;
    }
    if (!mustQuote()) {
      line.put(field.array(), 0, field.length());
      return;
    }
    line.ensure(field.length() + 2L);
    line.put('"');
    for (int i = 0; i < field.length(); i++) {
      byte b = field.array()[i];
      if (b == '"') {
        line.put('"');
      }
      line.put(b);
    }
    line.put('"');
  }

  private boolean mustQuote() {
    byte[] bytes = field.array();
    int length = field.length();
    if (length == 0) {
      return true;
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      if (b == '"' || b == ',' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return columns == 1
        && length == END_OF_DATA.length
        && bytes[0] == END_OF_DATA[0]
        && bytes[1] == END_OF_DATA[1];
  }
}
