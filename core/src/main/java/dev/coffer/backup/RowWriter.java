package dev.coffer.backup;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.JsonStrings;
import dev.coffer.json.RowEncoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.seal.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Writes a table's rows as the document has them: the row's line with its fingerprint, and its line
 * of sealed values (docs/FORMAT.md). One instance per table and thread.
 */
public final class RowWriter {
  private static final int KEEP = 4 << 20;
  private static final boolean[] NONE_CLOSED = {};

  private final RowEncoder encoder;
  private final Optional<RowFingerprint> fingerprint;

  /**
   * A writer of rows of {@code table}.
   *
   * @param fingerprint empty only where the table has no sealed column
   */
  public RowWriter(Table table, Optional<Fingerprint> fingerprint) {
    encoder = new RowEncoder(table);
    this.fingerprint =
        table.sealedColumns().isEmpty()
            ? Optional.empty()
            : fingerprint.map(with -> new RowFingerprint(table, encoder, with));
  }

  /**
   * Appends a row's line to {@code line} and, where the table has sealed columns, its sealed values
   * to {@code secrets}, without a line break.
   *
   * @param copyRow the row in COPY's text format, ended by a line feed
   */
  public void write(byte[] copyRow, ByteSink line, ByteSink secrets) {
    write(copyRow, 0, NONE_CLOSED, line, secrets);
  }

  /** The same for a row that begins at {@code offset}. */
  public void write(byte[] copyRow, int offset, ByteSink line, ByteSink secrets) {
    write(copyRow, offset, NONE_CLOSED, line, secrets);
  }

  /** The same for a row that has sealed values that nobody knows. */
  void write(byte[] copyRow, int offset, boolean[] closed, ByteSink line, ByteSink secrets) {
    int secretsBefore = secrets.length();
    encoder.encode(copyRow, offset, closed, line, secrets);
    if (fingerprint.isPresent() && encoder.hasSealedValue()) {
      fingerprint.get().write(line, secrets, secretsBefore);
    }
    line.put('}');
  }

  /** The view of the row written last. */
  public RowEncoder view() {
    return encoder;
  }

  /** Writes a row's fingerprint (docs/FORMAT.md, "Sealed values"). */
  private static final class RowFingerprint {
    private final RowEncoder encoder;
    private final Fingerprint fingerprint;
    private final byte[] member;
    private final byte[] name;
    private final int[] keyColumns;
    private final ByteSink message = new ByteSink(512);

    RowFingerprint(Table table, RowEncoder encoder, Fingerprint fingerprint) {
      this.encoder = encoder;
      this.fingerprint = fingerprint;
      String opening = ",";
      String key = opening + JsonStrings.quote(table.fingerprintKey()) + ":\"";
      member = key.getBytes(StandardCharsets.UTF_8);
      name = (table.logicalName() + "\n").getBytes(StandardCharsets.UTF_8);
      List<String> columns = table.storedColumns().stream().map(Column::name).toList();
      keyColumns = table.primaryKey().stream().mapToInt(columns::indexOf).toArray();
    }

    void write(ByteSink line, ByteSink secrets, int secretsFrom) {
      message.clear(KEEP);
      message.put(name);
      for (int i = 0; i < keyColumns.length; i++) {
        if (i > 0) {
          message.put(',');
        }
        int start = encoder.jsonStart(keyColumns[i]);
        message.put(line.array(), start, encoder.jsonEnd(keyColumns[i]) - start);
      }
      message.put('\n');
      message.put(secrets.array(), secretsFrom, secrets.length() - secretsFrom);
      line.put(member);
      line.ensure(Fingerprint.LENGTH);
      fingerprint.of(message.array(), 0, message.length(), line.array(), line.length());
      line.length(line.length() + Fingerprint.LENGTH);
      line.put('"');
    }
  }
}
