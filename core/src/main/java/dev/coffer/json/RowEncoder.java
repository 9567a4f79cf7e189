package dev.coffer.json;

import dev.coffer.bytes.ByteSink;
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
 * Writes rows that arrive in COPY's text format (PostgreSQL manual, "COPY", File Formats) as the
 * document's row lines, and the values of sealed columns as sealed lines. After {@link #encode} it
 * is also the view of the row just written. One instance per table and thread.
 *
 * <p>COPY and JSON escape backspace, form feed, line feed, carriage return, tab and backslash by
 * the same two characters, so a value is copied eight bytes at a time until a byte turns up that
 * one of them treats specially: a control character, a quotation mark or a backslash.
 */
public final class RowEncoder implements RowView {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte[] NONE = {};
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ENCRYPTED = "\"[ENCRYPTED]\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] JSONB_ESCAPE = "{\"$jsonb\": ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] NONE_CLOSED = {};
  private static final int EXACT_COUNT_ABOVE = 1 << 16;

  private final int columns;
  private final long[][] keys;
  private final int[] keyBytes;
  private final ValueKind[] kinds;
  private final boolean[] sealed;
  private final int fixedBytes;
  private final int[] starts;
  private final int[] ends;
  private final int[] jsonStarts;
  private final int[] jsonEnds;
  private final boolean[] nulls;
  private byte[] row = NONE;
  private long seenBits;
  private boolean anySealed;

  public RowEncoder(Table table) {
    List<Column> stored = table.storedColumns();
    columns = stored.size();
    keys = new long[columns][];
    keyBytes = new int[columns];
    kinds = new ValueKind[columns];
    sealed = new boolean[columns];
    starts = new int[columns];
    ends = new int[columns];
    jsonStarts = new int[columns];
    jsonEnds = new int[columns];
    nulls = new boolean[columns];
    int fixed = 2;
    for (int i = 0; i < columns; i++) {
      String opening = i == 0 ? "{" : ",";
      String key = opening + JsonStrings.quote(stored.get(i).key()) + ":";
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      keys[i] = words(bytes);
      keyBytes[i] = bytes.length;
      kinds[i] = stored.get(i).kind();
      sealed[i] = stored.get(i).sealed();
      fixed += keys[i].length * Long.BYTES + ENCRYPTED.length + JSONB_ESCAPE.length + 3;
    }
    fixedBytes = fixed;
  }

  /** The bytes as words, the last one filled up with zeros: keys are copied a word at a time. */
  private static long[] words(byte[] bytes) {
    byte[] filled = Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, Long.BYTES) * Long.BYTES);
    long[] words = new long[filled.length / Long.BYTES];
    Arrays.setAll(words, i -> (long) WORD.get(filled, i * Long.BYTES));
    return words;
  }

  /**
   * Appends the row's members to {@code line}, without the closing brace, so that a fingerprint may
   * follow, and its sealed values, as an array, to {@code sealedLine} if a column is sealed.
   *
   * @param copyRow holds one row from {@code offset}, ended by a line feed
   */
  public void encode(byte[] copyRow, int offset, ByteSink line, ByteSink sealedLine) {
    encode(copyRow, offset, NONE_CLOSED, line, sealedLine);
  }

  /**
   * The same for a row some of whose sealed values nobody knows.
   *
   * @param closed for each column whether it is such a value: it is neither null nor in the row,
   *     whatever stands there; empty where there is none
   */
  public void encode(
      byte[] copyRow, int offset, boolean[] closed, ByteSink line, ByteSink sealedLine) {
    row = copyRow;
    seenBits = 0;
    anySealed = false;
    long worst = worstCase(copyRow, offset);
    line.ensure(worst);
    if (columns == 0) {
      line.put('{');
      return;
    }
    int in = offset;
    boolean sealedBefore = false;
    for (int i = 0; i < columns; i++) {
      int at = putKey(i, line.array(), line.length());
      starts[i] = in;
      jsonStarts[i] = at;
      nulls[i] = copyRow[in] == '\\' && copyRow[in + 1] == 'N' && isEnd(copyRow[in + 2]);
      if (closed.length > 0 && closed[i]) {
        nulls[i] = false;
        anySealed = true;
        line.length(put(ENCRYPTED, line.array(), at));
        sealedLine.put(sealedBefore ? ',' : '[');
        sealedLine.put(NULL);
        sealedBefore = true;
        ends[i] = end(copyRow, in);
      } else if (nulls[i]) {
        ends[i] = in + 2;
        line.length(put(NULL, line.array(), at));
        if (sealed[i]) {
          sealedLine.put(sealedBefore ? ',' : '[');
          sealedLine.put(NULL);
          sealedBefore = true;
        }
      } else if (sealed[i]) {
        anySealed = true;
        line.length(put(ENCRYPTED, line.array(), at));
        sealedLine.put(sealedBefore ? ',' : '[');
        sealedBefore = true;
        sealedLine.ensure(worst);
        ends[i] = value(i, copyRow, in, sealedLine);
      } else {
        line.length(at);
        ends[i] = value(i, copyRow, in, line);
      }
      jsonEnds[i] = line.length();
      in = ends[i] + 1;
    }
    if (sealedBefore) {
      sealedLine.put(']');
    }
  }

  /**
   * Lets go of the row just written, which may be wide; there is nothing to view until the next.
   */
  public void forget() {
    row = NONE;
  }

  /** Whether the row has a sealed value that is not null. */
  public boolean hasSealedValue() {
    return anySealed;
  }

  /** Where a column's value begins in the line just written. */
  public int jsonStart(int column) {
    return jsonStarts[column];
  }

  /** Where a column's value ends in the line just written. */
  public int jsonEnd(int column) {
    return jsonEnds[column];
  }

  private int value(int column, byte[] in, int from, ByteSink sink) {
    byte[] out = sink.array();
    int at = sink.length();
    int end;
    switch (kinds[column]) {
      case NUMBER -> {
        boolean word = !isDigit(in[from]) && (in[from] != '-' || !isDigit(in[from + 1]));
        if (word) {
          out[at++] = '"';
        }
        int lengthBefore = at;
        end = copy(in, from, out, at);
        at = lengthBefore + copied;
        if (word) {
          out[at++] = '"';
        }
      }
      case BOOLEAN -> {
        at = put(in[from] == 't' ? TRUE : FALSE, out, at);
        end = from + 1;
      }
      case JSONB -> {
        int before = at;
        end = copyUnescaped(in, from, out, at);
        at += copied;
        if (needsJsonbEscape(out, before, at)) {
          System.arraycopy(out, before, out, before + JSONB_ESCAPE.length, at - before);
          put(JSONB_ESCAPE, out, before);
          at += JSONB_ESCAPE.length;
          out[at++] = '}';
        }
      }
      default -> {
        out[at++] = '"';
        end = copy(in, from, out, at);
        at += copied;
        out[at++] = '"';
      }
    }
    sink.length(at);
    return end;
  }

  private static int end(byte[] in, int from) {
    int p = from;
    while (!isEnd(in[p])) {
      p++;
    }
    return p;
  }

  private int copied;

  /** Copies a value as the inside of a JSON string; leaves the count in {@link #copied}. */
  private int copy(byte[] in, int from, byte[] out, int to) {
    int p = from;
    int q = to;
    int lastWord = in.length - Long.BYTES;
    long seen = seenBits;
    while (true) {
      if (p <= lastWord) {
        long word = (long) WORD.get(in, p);
        WORD.set(out, q, word);
        long special = Words.special(word);
        if (special == 0) {
          seen |= word;
          p += Long.BYTES;
          q += Long.BYTES;
          continue;
        }
        int plain = Long.numberOfTrailingZeros(special) >>> 3;
        seen |= word & ((1L << (plain << 3)) - 1);
        p += plain;
        q += plain;
      } else if (isPlain(in[p])) {
        seen |= in[p];
        out[q++] = in[p++];
        continue;
      }
      byte b = in[p];
      if (isEnd(b)) {
        seenBits = seen;
        copied = q - to;
        return p;
      }
      p++;
      if (b == '\\') {
        byte escaped = in[p++];
        if (escaped == 'v') {
          q = unicode(0x0b, out, q);
        } else {
          out[q++] = '\\';
          out[q++] = escaped;
        }
      } else if (b == '"') {
        out[q++] = '\\';
        out[q++] = '"';
      } else {
        q = unicode(b, out, q);
      }
    }
  }

  /** Copies a jsonb value, which is JSON already, taking COPY's doubling of backslashes away. */
  private int copyUnescaped(byte[] in, int from, byte[] out, int to) {
    int p = from;
    int q = to;
    while (!isEnd(in[p])) {
      byte b = in[p++];
      if (b == '\\') {
        b = in[p++];
      }
      seenBits |= b;
      out[q++] = b;
    }
    copied = q - to;
    return p;
  }

  private static boolean needsJsonbEscape(byte[] out, int from, int to) {
    int prefix = JSONB_ESCAPE.length - 2;
    return (to - from == NULL.length && matches(NULL, NULL.length, out, from, to))
        || matches(JSONB_ESCAPE, prefix, out, from, to);
  }

  private static boolean matches(byte[] expected, int count, byte[] out, int from, int to) {
    if (to - from < count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (out[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  /** An upper bound for the row's JSON: one control character in COPY can become six bytes. */
  private long worstCase(byte[] in, int offset) {
    int count = in.length - offset;
    if (count <= EXACT_COUNT_ABOVE) {
      return fixedBytes + 6L * count + Long.BYTES;
    }
    long bytes = (long) fixedBytes + count + Long.BYTES;
    for (int p = offset; p < in.length; p++) {
      if (!isPlain(in[p])) {
        bytes += 5;
      }
    }
    return bytes;
  }

  private static int unicode(int character, byte[] out, int at) {
    out[at] = '\\';
    out[at + 1] = 'u';
    out[at + 2] = '0';
    out[at + 3] = '0';
    out[at + 4] = HEX[character >>> 4];
    out[at + 5] = HEX[character & 0xf];
    return at + 6;
  }

  /** Writes up to seven bytes too many, for which there is room; what follows overwrites them. */
  private int putKey(int column, byte[] out, int at) {
    int to = at;
    for (long word : keys[column]) {
      WORD.set(out, to, word);
      to += Long.BYTES;
    }
    return at + keyBytes[column];
  }

  private static int put(byte[] bytes, byte[] out, int at) {
    System.arraycopy(bytes, 0, out, at, bytes.length);
    return at + bytes.length;
  }

  private static boolean isEnd(byte b) {
    return b == '\t' || b == '\n';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isPlain(byte b) {
    return (b < 0 || b >= 0x20) && b != '"' && b != '\\';
  }

  @Override
  public boolean isNull(int column) {
    return nulls[column];
  }

  @Override
  public byte[] bytes() {
    return row;
  }

  @Override
  public int start(int column) {
    return starts[column];
  }

  @Override
  public int end(int column) {
    return ends[column];
  }

  @Override
  public String text(int column) {
    return CopyText.decode(row, starts[column], ends[column]);
  }

  @Override
  public boolean hasNonAscii() {
    return (seenBits & HIGHS) != 0;
  }
}
