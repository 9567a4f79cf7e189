package dev.coffer.export;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.Table;
import java.io.IOException;

/** The contents of large objects, page by page, into objects that exist and are empty. */
final class LargeObjectsSql {
  private static final long PAGE = 256 << 10;
  private static final int OID = 0;
  private static final int NUMBER = 1;
  private static final int DATA = 2;
  private static final int EMPTY = "\\x".length();

  private LargeObjectsSql() {}

  static void write(Document document, Table table, Output output) throws IOException {
    ByteSink field = new ByteSink(1 << 10);
    document.rows(
        table,
        (row, line, from, to) -> {
          row.plainText(NUMBER, field);
          long page = Long.parseLong(text(field));
          row.plainText(DATA, field);
          if (field.length() > EMPTY) {
            ByteSink sql = output.text();
            sql.put("SELECT pg_catalog.lo_put(");
            row.plainText(OID, sql);
            sql.put(", " + page * PAGE + ", '");
            sql.put(field.array(), 0, field.length());
            sql.put("');\n");
            output.drain();
          }
          field.clear(1 << 20);
        });
  }

  private static String text(ByteSink field) {
    String text =
        new String(field.array(), 0, field.length(), java.nio.charset.StandardCharsets.US_ASCII);
    field.clear(1 << 20);
    return text;
  }
}
