package dev.coffer.loading;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The contents of large objects, page by page, into objects that exist and are empty (PostgreSQL
 * manual, "Large Objects", Server-Side Functions). For one thread.
 */
public final class LargeObjectPage {
  private static final long PAGE = 256 << 10;
  private static final int KEEP = 1 << 20;
  private static final int OID = 0;
  private static final int NUMBER = 1;
  private static final int DATA = 2;
  private static final int EMPTY = "\\x".length();

  private final ByteSink field = new ByteSink(1 << 10);

  /** Appends the statement that writes the page; nothing for one that is empty. */
  public void append(RowDecoder row, ByteSink sql) {
    row.plainText(NUMBER, field);
    long page = Long.parseLong(text());
    field.clear(KEEP);
    row.plainText(DATA, field);
    if (field.length() > EMPTY) {
      sql.put("SELECT pg_catalog.lo_put(");
      row.plainText(OID, sql);
      sql.put(", " + page * PAGE + ", '");
      sql.put(field.array(), 0, field.length());
      sql.put("');\n");
    }
    field.clear(KEEP);
  }

  private String text() {
    return new String(field.array(), 0, field.length(), StandardCharsets.US_ASCII);
  }
}
