package dev.coffer.compare;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * A row that has no equal on the other side so far.
 *
 * @param key hash of its key, of which {@code moreKey} is the rest; of the whole row, where there
 *     is no key
 * @param identity hash of what is compared, of which {@code moreIdentity} is the rest
 * @param count how many such rows there are
 */
record KeyedRow(long key, long moreKey, long identity, long moreIdentity, int count, Row row) {
  private static final int OVERHEAD = 150;

  /** About how much memory it takes. */
  long bytes() {
    return (long) OVERHEAD + row.line().length + row.secrets().length;
  }

  boolean equalTo(KeyedRow other) {
    return identity == other.identity && moreIdentity == other.moreIdentity;
  }

  KeyedRow times(int number) {
    return new KeyedRow(key, moreKey, identity, moreIdentity, number, row);
  }

  void write(DataOutputStream target) throws IOException {
    target.writeLong(key);
    target.writeLong(moreKey);
    target.writeLong(identity);
    target.writeLong(moreIdentity);
    target.writeInt(count);
    target.writeInt(row.line().length);
    target.write(row.line());
    target.writeInt(row.secrets().length);
    target.write(row.secrets());
  }

  static KeyedRow read(DataInputStream source) throws IOException {
    return new KeyedRow(
        source.readLong(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        source.readInt(),
        new Row(bytes(source), bytes(source)));
  }

  private static byte[] bytes(DataInputStream source) throws IOException {
    int length = source.readInt();
    byte[] bytes = source.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("rows on disk end in a row");
    }
    return bytes;
  }
}
