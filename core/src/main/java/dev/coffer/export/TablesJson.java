package dev.coffer.export;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.JsonStrings;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One object with the rows of some tables, laid out as in the document. */
final class TablesJson {

  private TablesJson() {}

  static void write(Document document, Output output) throws IOException {
    output.put("{\n");
    String between = "";
    for (Table table : document.tables()) {
      output.put(between + JsonStrings.quote(table.logicalName()) + ":[");
      boolean reveals = document.opensSecrets() && !table.sealedColumns().isEmpty();
      document.rows(table, reveals ? revealing(table, output) : asStored(output));
      output.put("\n]");
      between = ",\n";
    }
    output.put("\n}\n");
  }

  private static RowSink asStored(Output output) {
    boolean[] any = {false};
    return (row, line, from, to) -> {
      separate(any, output);
      output.put(line, from, to);
    };
  }

  /** The same columns with their real values; what told that they changed is of no use then. */
  private static RowSink revealing(Table table, Output output) {
    byte[][] keys = keys(table);
    boolean[] any = {false};
    return (row, line, from, to) -> {
      separate(any, output);
      write(row, keys, output.text());
      output.drain();
    };
  }

  private static void separate(boolean[] any, Output output) {
    output.text().put(any[0] ? ",\n" : "\n");
    any[0] = true;
  }

  private static byte[][] keys(Table table) {
    List<Column> columns = table.storedColumns();
    byte[][] keys = new byte[columns.size()][];
    for (int i = 0; i < keys.length; i++) {
      String key = (i == 0 ? "{" : ",") + JsonStrings.quote(columns.get(i).key()) + ":";
      keys[i] = key.getBytes(StandardCharsets.UTF_8);
    }
    return keys;
  }

  private static void write(RowDecoder row, byte[][] keys, ByteSink text) {
    for (int i = 0; i < keys.length; i++) {
      text.put(keys[i]);
      row.json(i, text);
    }
    text.put('}');
  }
}
