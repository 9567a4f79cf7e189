package dev.coffer.json;

import dev.coffer.bytes.ByteSink;
import java.nio.charset.StandardCharsets;

/** Single values in COPY's text format (PostgreSQL manual, "COPY", File Formats). */
public final class CopyText {

  private CopyText() {}

  /** The value between {@code start} and {@code end}, its escapes resolved. */
  public static String decode(byte[] bytes, int start, int end) {
    int p = start;
    while (p < end && bytes[p] != '\\') {
      p++;
    }
    if (p == end) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    byte[] plain = new byte[end - start];
    int q = 0;
    for (p = start; p < end; p++) {
      byte b = bytes[p];
      if (b == '\\' && p + 1 < end) {
        p++;
        b = unescape(bytes[p]);
      }
      plain[q++] = b;
    }
    return new String(plain, 0, q, StandardCharsets.UTF_8);
  }

  /** Appends {@code text}, escaping what COPY would take for something else. */
  public static void encode(String text, ByteSink target) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    target.ensure(2L * bytes.length);
    for (byte b : bytes) {
      int letter =
          switch (b) {
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            case 0x0b -> 'v';
            case '\\' -> '\\';
            default -> 0;
          };
      if (letter != 0) {
        target.put('\\');
      }
      target.put(letter == 0 ? b : letter);
    }
  }

  private static byte unescape(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      default -> letter;
    };
  }
}
