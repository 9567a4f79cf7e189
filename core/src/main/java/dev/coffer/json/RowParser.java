package dev.coffer.json;

import dev.coffer.model.Column;
import dev.coffer.model.RowView;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads row lines, accepting exactly what {@link RowEncoder} writes for the same table. After
 * {@link #parse} it is the view of the row just read. One instance per table and thread.
 */
public final class RowParser implements RowView {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final int NULL_LENGTH = "null".length();
  private static final byte[] ENCRYPTED = ascii("\"[ENCRYPTED]\"");
  private static final int FINGERPRINT = 8;

  private final int columns;
  private final byte[][] keys;
  private final ValueKind[] kinds;
  private final boolean[] sealed;
  private final byte[] fingerprintKey;
  private final int[] starts;
  private final int[] ends;
  private final boolean[] nulls;
  private final boolean[] escaped;
  private final JsonScanner scanner = new JsonScanner();
  private byte[] text = {};

  public RowParser(Table table) {
    List<Column> stored = table.storedColumns();
    columns = stored.size();
    keys = new byte[columns][];
    kinds = new ValueKind[columns];
    sealed = new boolean[columns];
    starts = new int[columns];
    ends = new int[columns];
    nulls = new boolean[columns];
    escaped = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      String opening = i == 0 ? "{" : ",";
      keys[i] = utf8(opening + JsonStrings.quote(stored.get(i).key()) + ":");
      kinds[i] = stored.get(i).kind();
      sealed[i] = stored.get(i).sealed();
    }
    String member = "," + JsonStrings.quote(table.fingerprintKey()) + ":\"";
    fingerprintKey = table.fingerprintKey().isEmpty() ? new byte[0] : utf8(member);
  }

  /**
   * Reads the row that begins at {@code from}.
   *
   * @return where it ends
   */
  public int parse(byte[] bytes, int from, int limit) throws RowFormatException {
    text = bytes;
    scanner.over(bytes, limit);
    int at = from;
    boolean anySealed = false;
    if (columns == 0) {
      at = expect((byte) '{', at, limit);
    }
    for (int i = 0; i < columns; i++) {
      if (!startsWith(keys[i], at, limit)) {
        throw new RowFormatException(at, isEarlierKey(i, at, limit));
      }
      at += keys[i].length;
      starts[i] = at;
      nulls[i] = scanner.isNull(at);
      at = nulls[i] ? at + NULL_LENGTH : value(i, at, limit);
      ends[i] = at;
      anySealed |= sealed[i] && !nulls[i];
    }
    if (anySealed) {
      if (!startsWith(fingerprintKey, at, limit)) {
        throw new RowFormatException(at, isEarlierKey(columns, at, limit));
      }
      at = fingerprint(at + fingerprintKey.length, limit);
    }
    if (at >= limit || bytes[at] != '}') {
      throw new RowFormatException(at, isEarlierKey(columns, at, limit));
    }
    return at + 1;
  }

  /** The failure to tell when something that is no row follows one. */
  public RowFormatException misplaced(int position) {
    return new RowFormatException(position, false);
  }

  private int value(int column, int at, int limit) throws RowFormatException {
    if (sealed[column]) {
      return expect(ENCRYPTED, at, limit);
    }
    int escapes = scanner.escapes();
    int end = scanner.value(kinds[column], at);
    escaped[column] = scanner.escapes() != escapes;
    return end;
  }

  private int fingerprint(int at, int limit) throws RowFormatException {
    int end = at + FINGERPRINT;
    for (int p = at; p < end; p++) {
      boolean base64url =
          p < limit
              && ((text[p] > 0 && Character.isLetterOrDigit(text[p]))
                  || text[p] == '-'
                  || text[p] == '_');
      if (!base64url) {
        throw new RowFormatException(p, false);
      }
    }
    return expect((byte) '"', end, limit);
  }

  private boolean isEarlierKey(int count, int at, int limit) {
    for (int i = 0; i < count; i++) {
      int length = keys[i].length - 1;
      boolean same =
          at + 1 + length <= limit
              && Arrays.equals(keys[i], 1, 1 + length, text, at + 1, at + 1 + length);
      if (same) {
        return true;
      }
    }
    return false;
  }

  private int expect(byte[] expected, int at, int limit) throws RowFormatException {
    if (!startsWith(expected, at, limit)) {
      throw new RowFormatException(at, false);
    }
    return at + expected.length;
  }

  private int expect(byte expected, int at, int limit) throws RowFormatException {
    if (at >= limit || text[at] != expected) {
      throw new RowFormatException(at, false);
    }
    return at + 1;
  }

  private boolean startsWith(byte[] expected, int at, int limit) {
    return at + expected.length <= limit && isAt(expected, at);
  }

  /** Compares eight bytes at once, the last of them perhaps again: keys are short, and many. */
  private boolean isAt(byte[] expected, int at) {
    int last = expected.length - Long.BYTES;
    if (last < 0) {
      return Arrays.equals(expected, 0, expected.length, text, at, at + expected.length);
    }
    for (int i = 0; i < last; i += Long.BYTES) {
      if ((long) WORD.get(expected, i) != (long) WORD.get(text, at + i)) {
        return false;
      }
    }
    return (long) WORD.get(expected, last) == (long) WORD.get(text, at + last);
  }

  private static byte[] utf8(String string) {
    return string.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] ascii(String string) {
    return string.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean isNull(int column) {
    return nulls[column];
  }

  @Override
  public byte[] bytes() {
    return text;
  }

  @Override
  public int start(int column) {
    return isString(column) ? starts[column] + 1 : starts[column];
  }

  @Override
  public int end(int column) {
    return isString(column) ? ends[column] - 1 : ends[column];
  }

  /** Where the value begins, a string's quotation mark included. */
  int jsonStart(int column) {
    return starts[column];
  }

  /** Where the value ends, a string's quotation mark included. */
  int jsonEnd(int column) {
    return ends[column];
  }

  /** Whether a value that is neither null nor sealed has an escape in it. */
  boolean isEscaped(int column) {
    return escaped[column];
  }

  private boolean isString(int column) {
    return text[starts[column]] == '"' && kinds[column] != ValueKind.JSONB;
  }

  @Override
  public String text(int column) {
    return switch (kinds[column]) {
      case BOOLEAN -> text[starts[column]] == 't' ? "t" : "f";
      case JSONB ->
          JsonbEscape.remove(
              new String(
                  text, starts[column], ends[column] - starts[column], StandardCharsets.UTF_8));
      default -> JsonStrings.unescape(text, start(column), end(column));
    };
  }

  @Override
  public boolean hasNonAscii() {
    return scanner.sawNonAscii();
  }
}
