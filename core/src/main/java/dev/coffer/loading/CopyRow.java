package dev.coffer.loading;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A row of a document as a line of COPY's text format (PostgreSQL manual, "COPY"). */
public final class CopyRow {
  private static final byte[] NULL = "\\N".getBytes(StandardCharsets.US_ASCII);

  private CopyRow() {}

  /**
   * Appends the row's line with its line feed.
   *
   * @param standIns what takes the place of each column's closed values
   */
  public static void append(RowDecoder row, List<StandIn> standIns, ByteSink text) {
    for (int i = 0; i < row.columns(); i++) {
      if (i > 0) {
        text.put('\t');
      }
      if (row.isNull(i)) {
        text.put(NULL);
      } else if (row.isClosed(i)) {
        text.put(standIns.get(i).copyText());
      } else {
        row.copyText(i, text);
      }
    }
    text.put('\n');
  }
}
