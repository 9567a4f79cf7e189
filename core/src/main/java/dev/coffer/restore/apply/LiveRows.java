package dev.coffer.restore.apply;

import dev.coffer.backup.RowWriter;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.CopyReader;
import dev.coffer.seal.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows of a live table as COPY gives them behind a first field, turned into the lines that a backup
 * holds. For one thread; what it shows is valid until the next row.
 */
final class LiveRows implements AutoCloseable {
  private static final int KEEP = 1 << 20;

  private final RowWriter lines;
  private final CopyReader reader;
  private final boolean behindField;
  private final ByteSink line = new ByteSink(1 << 10);
  private final ByteSink secrets = new ByteSink(1 << 8);
  private String field = "";

  /**
   * @param behindField whether a field of another kind comes first
   */
  LiveRows(Table table, Optional<Fingerprint> fingerprint, CopyReader reader, boolean behindField) {
    lines = new RowWriter(table, fingerprint);
    this.reader = reader;
    this.behindField = behindField;
  }

  /** Goes to the next row; false after the last. */
  boolean next() {
    Optional<byte[]> next = reader.next();
    if (next.isEmpty()) {
      return false;
    }
    byte[] row = next.get();
    int from = 0;
    if (behindField) {
      while (row[from] != '\t' && row[from] != '\n') {
        from++;
      }
      field = new String(row, 0, from, StandardCharsets.US_ASCII);
      from += row[from] == '\t' ? 1 : 0;
    }
    line.clear(KEEP);
    secrets.clear(KEEP);
    lines.write(row, from, line, secrets);
    return true;
  }

  /** What stands before the row. */
  String field() {
    return field;
  }

  long number() {
    return Long.parseLong(field);
  }

  /** SHA-256 of the row's line. */
  byte[] hash() {
    return Sha256.of(line.array(), 0, line.length());
  }

  ByteSink line() {
    return line;
  }

  byte[] secrets() {
    return Arrays.copyOf(secrets.array(), secrets.length());
  }

  @Override
  public void close() {
    reader.close();
  }
}
