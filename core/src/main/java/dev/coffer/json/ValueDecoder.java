package dev.coffer.json;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.ValueKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns values as the document writes them back into PostgreSQL's own text: as it is, or escaped
 * for COPY's text format (PostgreSQL manual, "COPY", File Formats). The values have been parsed
 * before, so their form is not looked at again.
 *
 * <p>JSON and COPY escape backspace, form feed, line feed, carriage return, tab and backslash by
 * the same two characters, so a string is copied eight bytes at a time from one backslash to the
 * next, and most backslashes are copied too.
 */
final class ValueDecoder {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int HEX_DIGITS = 4;

  private ValueDecoder() {}

  /** Appends the value for COPY's text format; {@code start} and {@code end} include quotes. */
  static void copyText(ValueKind kind, byte[] bytes, int start, int end, ByteSink target) {
    decode(kind, bytes, start, end, target, true);
  }

  /** Appends PostgreSQL's text for the value. */
  static void plainText(ValueKind kind, byte[] bytes, int start, int end, ByteSink target) {
    decode(kind, bytes, start, end, target, false);
  }

  private static void decode(
      ValueKind kind, byte[] bytes, int start, int end, ByteSink target, boolean copy) {
    switch (kind) {
      case BOOLEAN -> target.put(bytes[start]);
      case NUMBER -> {
        boolean word = bytes[start] == '"';
        int from = word ? start + 1 : start;
        target.put(bytes, from, (word ? end - 1 : end) - from);
      }
      case JSONB -> jsonb(bytes, start, end, target, copy);
      case TEXT -> string(bytes, start + 1, end - 1, target, copy);
    }
  }

  private static void jsonb(byte[] bytes, int start, int end, ByteSink target, boolean copy) {
    int from = start + JsonbEscape.skippedBefore(bytes, start, end);
    int to = from == start ? end : end - 1;
    if (!copy) {
      target.put(bytes, from, to - from);
      return;
    }
    for (int p = from; p < to; p++) {
      if (bytes[p] == '\\') {
        target.put('\\');
      }
      target.put(bytes[p]);
    }
  }

  private static void string(byte[] in, int start, int end, ByteSink target, boolean copy) {
    // No escape grows: the longest of COPY's, two bytes, stands for at least two here.
    target.ensure(end - start + (long) Long.BYTES);
    byte[] out = target.array();
    int q = target.length();
    int p = start;
    while (p < end) {
      if (p + Long.BYTES <= end) {
        long word = (long) WORD.get(in, p);
        WORD.set(out, q, word);
        long special = Words.special(word);
        int plain = special == 0 ? Long.BYTES : Long.numberOfTrailingZeros(special) >>> 3;
        p += plain;
        q += plain;
        if (special == 0) {
          continue;
        }
      }
      byte b = in[p++];
      if (b != '\\') {
        out[q++] = b;
        continue;
      }
      byte letter = in[p++];
      if (letter == 'u') {
        q = escaped(control(in, p), out, q, copy);
        p += HEX_DIGITS;
      } else {
        q = escaped(unescape(letter), out, q, copy);
      }
    }
    target.length(q);
  }

  private static byte unescape(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static int escaped(byte b, byte[] out, int at, boolean copy) {
    int letter =
        switch (b) {
          case '\b' -> 'b';
          case '\f' -> 'f';
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          case '\\' -> '\\';
          default -> 0;
        };
    if (!copy || letter == 0) {
      out[at] = b;
      return at + 1;
    }
    out[at] = '\\';
    out[at + 1] = (byte) letter;
    return at + 2;
  }

  /** Documents write nothing but control characters by their number, and in four digits. */
  private static byte control(byte[] in, int p) {
    int tens = Character.digit(in[p + HEX_DIGITS - 2], 16);
    return (byte) (tens << 4 | Character.digit(in[p + HEX_DIGITS - 1], 16));
  }
}
