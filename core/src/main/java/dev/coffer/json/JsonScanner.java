package dev.coffer.json;

import dev.coffer.model.ValueKind;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Steps over JSON values (RFC 8259) without making objects of them. UTF-8 is checked by whoever
 * hashes the bytes; here only the grammar is. One instance per thread.
 */
final class JsonScanner {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGHS = 0x8080808080808080L;
  private static final String SHORT_ESCAPES = "\"\\bfnrt";
  private static final String SHORTENED = "\b\f\n\r\t";
  private static final String DIGITS = "0123456789abcdef";

  private final BitSet objects = new BitSet();
  private byte[] text = {};
  private int limit;
  private long seen;
  private int escapes;

  /** Scans {@code bytes} from now on, up to {@code end}. */
  void over(byte[] bytes, int end) {
    text = bytes;
    limit = end;
    seen = 0;
  }

  /** Whether a string since {@link #over} had a byte outside ASCII. */
  boolean sawNonAscii() {
    return (seen & HIGHS) != 0;
  }

  /** How many escapes strings have had so far: the number stays while strings have none. */
  int escapes() {
    return escapes;
  }

  /** Steps over a string with its quotation marks; escapes only as the document writes them. */
  int string(int at) throws RowFormatException {
    int p = expect('"', at);
    while (true) {
      p = plain(p);
      byte b = at(p);
      p++;
      if (b == '"') {
        return p;
      }
      if (b != '\\') {
        throw new RowFormatException(p - 1, false);
      }
      escapes++;
      p = escape(p);
    }
  }

  private int plain(int from) {
    int p = from;
    while (p + Long.BYTES <= limit) {
      long word = (long) WORD.get(text, p);
      long special = Words.special(word);
      if (special == 0) {
        seen |= word;
        p += Long.BYTES;
      } else {
        int count = Long.numberOfTrailingZeros(special) >>> 3;
        seen |= word & ((1L << (count << 3)) - 1);
        return p + count;
      }
    }
    while (p < limit && (text[p] < 0 || text[p] >= 0x20) && text[p] != '"' && text[p] != '\\') {
      seen |= text[p++];
    }
    return p;
  }

  private int escape(int p) throws RowFormatException {
    if (SHORT_ESCAPES.indexOf(at(p)) >= 0) {
      return p + 1;
    }
    int digits = word("u00", p);
    int character = digit(digits) << 4 | digit(digits + 1);
    if (character >= 0x20 || SHORTENED.indexOf(character) >= 0) {
      throw new RowFormatException(digits, false);
    }
    return digits + 2;
  }

  private int digit(int p) throws RowFormatException {
    int digit = DIGITS.indexOf(at(p));
    if (digit < 0) {
      throw new RowFormatException(p, false);
    }
    return digit;
  }

  /** Steps over a number. */
  int number(int at) throws RowFormatException {
    int p = at;
    if (at(p) == '-') {
      p++;
    }
    int digits = p;
    p = digits(p);
    if (text[digits] == '0' && p > digits + 1) {
      throw new RowFormatException(digits, false);
    }
    if (p < limit && text[p] == '.') {
      p = digits(p + 1);
    }
    if (p < limit && (text[p] == 'e' || text[p] == 'E')) {
      p++;
      if (p < limit && (text[p] == '+' || text[p] == '-')) {
        p++;
      }
      p = digits(p);
    }
    return p;
  }

  private int digits(int from) throws RowFormatException {
    int p = from;
    while (p < limit && text[p] >= '0' && text[p] <= '9') {
      p++;
    }
    if (p == from) {
      throw new RowFormatException(p, false);
    }
    return p;
  }

  /** Steps over a value that is not null, in the one form that its kind has. */
  int value(ValueKind kind, int at) throws RowFormatException {
    return switch (kind) {
      case BOOLEAN -> at(at) == 't' ? word("true", at) : word("false", at);
      case NUMBER -> at(at) == '"' ? notANumber(at) : number(at);
      case JSONB -> value(at);
      case TEXT -> string(at);
    };
  }

  private int notANumber(int at) throws RowFormatException {
    return switch (at(at + 1)) {
      case 'N' -> word("\"NaN\"", at);
      case 'I' -> word("\"Infinity\"", at);
      default -> word("\"-Infinity\"", at);
    };
  }

  /** Whether null stands there. */
  boolean isNull(int at) {
    return limit - at >= 4
        && text[at] == 'n'
        && text[at + 1] == 'u'
        && text[at + 2] == 'l'
        && text[at + 3] == 'l';
  }

  /**
   * Steps over any value; arrays and objects may have blanks between their tokens. Remembers what
   * is open in bits instead of calls, since PostgreSQL nests deeper than a thread's stack allows.
   */
  int value(int at) throws RowFormatException {
    objects.clear();
    int depth = 0;
    int p = at;
    do {
      byte first = at(p);
      if (first == '{' || first == '[') {
        objects.set(depth++, first == '{');
        p = blanks(p + 1);
        if (at(p) != end(depth)) {
          p = key(p, depth);
          continue;
        }
      } else {
        p = scalar(p);
      }
      while (depth > 0) {
        p = blanks(p);
        if (at(p) != end(depth)) {
          p = key(blanks(expect(',', p)), depth);
          break;
        }
        p++;
        depth--;
      }
    } while (depth > 0);
    return p;
  }

  private byte end(int depth) {
    return (byte) (objects.get(depth - 1) ? '}' : ']');
  }

  private int key(int p, int depth) throws RowFormatException {
    return objects.get(depth - 1) ? blanks(expect(':', blanks(string(p)))) : p;
  }

  private int scalar(int p) throws RowFormatException {
    return switch (at(p)) {
      case '"' -> string(p);
      case 't' -> word("true", p);
      case 'f' -> word("false", p);
      case 'n' -> word("null", p);
      default -> number(p);
    };
  }

  private int blanks(int from) {
    int p = from;
    while (p < limit && text[p] == ' ') {
      p++;
    }
    return p;
  }

  private int word(String word, int at) throws RowFormatException {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i), at + i);
    }
    return at + word.length();
  }

  int expect(char expected, int at) throws RowFormatException {
    if (at(at) != expected) {
      throw new RowFormatException(at, false);
    }
    return at + 1;
  }

  private byte at(int p) throws RowFormatException {
    if (p >= limit) {
      throw new RowFormatException(p, false);
    }
    return text[p];
  }
}
