package dev.coffer.export;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tables as {@code COPY … WITH (FORMAT csv, HEADER)} writes them, byte for byte (PostgreSQL manual,
 * "COPY", "CSV Format"): lines end with a line feed, null is empty and an empty text is quoted.
 * Sealed values that are not opened read {@code [ENCRYPTED]}.
 */
final class TablesCsv {
  private static final byte[] CLOSED = "[ENCRYPTED]".getBytes(StandardCharsets.US_ASCII);

  private TablesCsv() {}

  static void write(Document document, Outputs outputs) throws IOException {
    for (Table table : document.tables()) {
      Output output = outputs.open(table.logicalName());
      List<Column> columns = table.storedColumns();
      CsvLine line = new CsvLine(columns.size());
      line.header(columns.stream().map(Column::key).toList(), output.text());
      document.rows(
          table,
          (row, bytes, from, to) -> {
            row(row, line, output.text());
            output.drain();
          });
    }
  }

  private static void row(RowDecoder row, CsvLine line, ByteSink text) {
    for (int i = 0; i < row.columns(); i++) {
      ByteSink field = line.field();
      if (row.isClosed(i)) {
        field.put(CLOSED);
      } else if (!row.isNull(i)) {
        row.plainText(i, field);
      }
      line.end(i, row.isNull(i), text);
    }
    text.put('\n');
  }
}
