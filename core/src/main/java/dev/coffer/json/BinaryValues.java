package dev.coffer.json;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.ValueKind;
import java.util.Arrays;

/**
 * Turns values as the document writes them into what the server's receive functions take, each with
 * its length before it. The values have been parsed as JSON before; here they must have exactly the
 * form that PostgreSQL writes, or are refused.
 */
final class BinaryValues {
  private static final int JSONB_VERSION = 1;
  private static final byte[] HEX_VALUES = new byte[256];

  /** Two quotation marks, 32 digits, and hyphens after these. */
  private static final int UUID_LENGTH = 38;

  private static final int UUID_BYTES = 16;
  private static final int UUID_HYPHENS = 1 << 4 | 1 << 6 | 1 << 8 | 1 << 10;

  static {
    Arrays.fill(HEX_VALUES, (byte) -1);
    for (int i = 0; i < 16; i++) {
      HEX_VALUES["0123456789abcdef".charAt(i)] = (byte) i;
    }
  }

  private BinaryValues() {}

  /**
   * Appends a value.
   *
   * @param start where its JSON begins, with the quotation mark if it has one
   * @param end where its JSON ends
   * @param escaped whether a string may have escapes in it
   */
  static void append(
      BinaryType type, byte[] bytes, int start, int end, boolean escaped, ByteSink target)
      throws RowFormatException {
    switch (type) {
      case BOOL -> {
        target.putInt32(1);
        target.put(bytes[start] == 't' ? 1 : 0);
      }
      case INT2 -> {
        target.putInt32(Short.BYTES);
        target.putInt16((int) BinaryNumbers.integer(bytes, start, end, Short.MAX_VALUE));
      }
      case INT4 -> {
        target.putInt32(Integer.BYTES);
        target.putInt32((int) BinaryNumbers.integer(bytes, start, end, Integer.MAX_VALUE));
      }
      case INT8 -> {
        target.putInt32(Long.BYTES);
        target.putInt64(BinaryNumbers.integer(bytes, start, end, Long.MAX_VALUE));
      }
      case FLOAT4 -> {
        target.putInt32(Float.BYTES);
        target.putInt32(Float.floatToIntBits(BinaryNumbers.float4(bytes, start, end)));
      }
      case FLOAT8 -> {
        target.putInt32(Double.BYTES);
        target.putInt64(Double.doubleToLongBits(BinaryNumbers.float8(bytes, start, end)));
      }
      case NUMERIC -> BinaryNumeric.append(bytes, start, end, target);
      case TEXT -> text(bytes, start, end, escaped, target);
      case JSONB -> jsonb(bytes, start, end, target);
      case UUID -> uuid(bytes, start, end, target);
      case BYTEA -> bytea(bytes, start, end, target);
      case DATE -> {
        target.putInt32(Integer.BYTES);
        target.putInt32(BinaryTimes.date(bytes, start + 1, end - 1));
      }
      case TIME -> {
        target.putInt32(Long.BYTES);
        target.putInt64(BinaryTimes.time(bytes, start + 1, end - 1));
      }
      case TIMESTAMP -> {
        target.putInt32(Long.BYTES);
        target.putInt64(BinaryTimes.timestamp(bytes, start + 1, end - 1, false));
      }
      case TIMESTAMPTZ -> {
        target.putInt32(Long.BYTES);
        target.putInt64(BinaryTimes.timestamp(bytes, start + 1, end - 1, true));
      }
    }
  }

  private static void text(byte[] bytes, int start, int end, boolean escaped, ByteSink target) {
    if (!escaped) {
      int length = end - start - 2;
      target.putInt32(length);
      target.put(bytes, start + 1, length);
      return;
    }
    int before = target.length();
    target.putInt32(0);
    ValueDecoder.plainText(ValueKind.TEXT, bytes, start, end, target);
    int after = target.length();
    target.length(before);
    target.putInt32(after - before - Integer.BYTES);
    target.length(after);
  }

  private static void jsonb(byte[] bytes, int start, int end, ByteSink target) {
    int from = start + JsonbEscape.skippedBefore(bytes, start, end);
    int to = from == start ? end : end - 1;
    target.putInt32(1 + to - from);
    target.put(JSONB_VERSION);
    target.put(bytes, from, to - from);
  }

  private static void uuid(byte[] bytes, int start, int end, ByteSink target)
      throws RowFormatException {
    if (end - start != UUID_LENGTH) {
      throw new RowFormatException(start, false);
    }
    target.putInt32(UUID_BYTES);
    target.ensure(UUID_BYTES);
    byte[] out = target.array();
    int q = target.length();
    int p = start + 1;
    for (int i = 0; i < UUID_BYTES; i++) {
      if ((UUID_HYPHENS >> i & 1) != 0 && bytes[p++] != '-') {
        throw new RowFormatException(p - 1, false);
      }
      out[q++] = hex(bytes, p);
      p += 2;
    }
    target.length(q);
  }

  /** The text begins with a backslash, which JSON doubles. */
  private static void bytea(byte[] bytes, int start, int end, ByteSink target)
      throws RowFormatException {
    int from = start + "\"\\\\x".length();
    int to = end - 1;
    boolean begun =
        from <= to
            && bytes[start + 1] == '\\'
            && bytes[start + 2] == '\\'
            && bytes[from - 1] == 'x';
    if (!begun || (to - from) % 2 != 0) {
      throw new RowFormatException(start, false);
    }
    int length = (to - from) / 2;
    target.putInt32(length);
    target.ensure(length);
    byte[] out = target.array();
    int q = target.length();
    for (int p = from; p < to; p += 2) {
      out[q++] = hex(bytes, p);
    }
    target.length(q);
  }

  /** The byte that two digits stand for. */
  private static byte hex(byte[] bytes, int at) throws RowFormatException {
    int value = HEX_VALUES[bytes[at] & 0xff] << 4 | HEX_VALUES[bytes[at + 1] & 0xff];
    if (value < 0) {
      throw new RowFormatException(at, false);
    }
    return (byte) value;
  }
}
