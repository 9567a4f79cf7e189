package dev.coffer.backup;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.JsonStrings;
import dev.coffer.json.RowEncoder;
import dev.coffer.model.Column;
import dev.coffer.model.RowView;
import dev.coffer.model.Table;
import dev.coffer.seal.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Turns rows as COPY gives them into a document's lines, fingerprints included (docs/FORMAT.md,
 * "Sealed values"). One instance per table and thread.
 */
public final class RowLines {
  private static final int KEEP = 4 << 20;

  private final RowEncoder encoder;
  private final Optional<Fingerprint> fingerprint;
  private final byte[] member;
  private final byte[] name;
  private final int[] keyColumns;
  private final ByteSink message = new ByteSink(512);

  /**
   * Lines of a table.
   *
   * @param fingerprint for this instance alone; empty where the table seals nothing
   */
  public RowLines(Table table, Optional<Fingerprint> fingerprint) {
    encoder = new RowEncoder(table);
    this.fingerprint = fingerprint;
    String opening = ",";
    String key = opening + JsonStrings.quote(table.fingerprintKey()) + ":\"";
    member = key.getBytes(StandardCharsets.UTF_8);
    name = (table.logicalName() + "\n").getBytes(StandardCharsets.UTF_8);
    List<String> columns = table.storedColumns().stream().map(Column::name).toList();
    keyColumns = table.primaryKey().stream().mapToInt(columns::indexOf).toArray();
  }

  /**
   * Appends a row's line, and its line of sealed values, if it has any.
   *
   * @param copyRow holds one row from {@code offset}, ended by a line feed
   */
  public void write(byte[] copyRow, int offset, ByteSink line, ByteSink secrets) {
    int secretsBefore = secrets.length();
    encoder.encode(copyRow, offset, line, secrets);
    if (fingerprint.isPresent() && encoder.hasSealedValue()) {
      fingerprint(fingerprint.get(), line, secrets, secretsBefore);
    }
    line.put('}');
  }

  private void fingerprint(Fingerprint with, ByteSink line, ByteSink secrets, int secretsFrom) {
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
    with.of(message.array(), 0, message.length(), line.array(), line.length());
    line.length(line.length() + Fingerprint.LENGTH);
    line.put('"');
  }

  /** The row just written. */
  public RowView view() {
    return encoder;
  }

  /** Lets go of the row just written, which may be wide. */
  public void forget() {
    encoder.forget();
  }
}
