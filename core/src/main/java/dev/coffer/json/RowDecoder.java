package dev.coffer.json;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.util.List;

/**
 * Turns row lines back into the values that PostgreSQL gave, the twin of {@link RowEncoder}.
 * Columns are numbered as in {@link Table#storedColumns()}. One instance per table and thread.
 */
public final class RowDecoder {
  private final ValueKind[] kinds;
  private final int[] secretPlaces;
  private final RowParser row;
  private final SecretsParser secrets;
  private boolean opened;

  public RowDecoder(Table table) {
    List<Column> stored = table.storedColumns();
    kinds = stored.stream().map(Column::kind).toArray(ValueKind[]::new);
    secretPlaces = new int[kinds.length];
    int secret = 0;
    for (int i = 0; i < kinds.length; i++) {
      secretPlaces[i] = stored.get(i).sealed() ? secret++ : -1;
    }
    row = new RowParser(table);
    secrets = new SecretsParser(table);
  }

  /** Reads a row line. Its sealed values stay closed until {@link #open}. */
  public void read(byte[] line, int from, int to) throws RowFormatException {
    if (readFirst(line, from, to) != to) {
      throw new RowFormatException(to, false);
    }
  }

  /** The same for a line after which others may come, up to {@code limit}; answers its end. */
  public int readFirst(byte[] lines, int from, int limit) throws RowFormatException {
    opened = false;
    return row.parse(lines, from, limit);
  }

  /**
   * Reads the line of sealed values that belongs to the row. A value that is null there and not in
   * the row was never in the document: it stays closed.
   */
  public void open(byte[] line, int from, int to) throws RowFormatException {
    secrets.parse(line, from, to);
    for (int i = 0; i < kinds.length; i++) {
      if (secretPlaces[i] >= 0 && !secrets.isNull(secretPlaces[i]) && row.isNull(i)) {
        throw new RowFormatException(from, false);
      }
    }
    opened = true;
  }

  public int columns() {
    return kinds.length;
  }

  public boolean isNull(int column) {
    return row.isNull(column);
  }

  /** Whether the column holds a value that is sealed and has not been, or cannot be, opened. */
  public boolean isClosed(int column) {
    return secretPlaces[column] >= 0
        && !row.isNull(column)
        && (!opened || secrets.isNull(secretPlaces[column]));
  }

  /** Appends a value that is neither null nor closed, as COPY's text format writes it. */
  public void copyText(int column, ByteSink target) {
    byte[] bytes = bytes(column);
    ValueDecoder.copyText(kinds[column], bytes, start(column), end(column), target);
  }

  /**
   * Appends a value that is neither null nor closed, with its length before it, as COPY's binary
   * format has it (PostgreSQL manual, "COPY", Binary Format).
   *
   * @param type the column's, made for its kind
   * @throws RowFormatException for what is no value of the type
   */
  public void copyBinary(int column, BinaryType type, ByteSink target) throws RowFormatException {
    boolean secret = isSecret(column);
    byte[] bytes = secret ? secrets.bytes() : row.bytes();
    boolean escaped = secret || row.isEscaped(column);
    BinaryValues.append(type, bytes, start(column), end(column), escaped, target);
  }

  /** Appends PostgreSQL's own text for a value that is neither null nor closed. */
  public void plainText(int column, ByteSink target) {
    byte[] bytes = bytes(column);
    ValueDecoder.plainText(kinds[column], bytes, start(column), end(column), target);
  }

  /** Appends the value as the document writes it, null and closed ones too. */
  public void json(int column, ByteSink target) {
    target.put(bytes(column), start(column), end(column) - start(column));
  }

  private boolean isSecret(int column) {
    return opened && secretPlaces[column] >= 0 && !secrets.isNull(secretPlaces[column]);
  }

  private byte[] bytes(int column) {
    return isSecret(column) ? secrets.bytes() : row.bytes();
  }

  private int start(int column) {
    return isSecret(column) ? secrets.start(secretPlaces[column]) : row.jsonStart(column);
  }

  private int end(int column) {
    return isSecret(column) ? secrets.end(secretPlaces[column]) : row.jsonEnd(column);
  }
}
