package dev.coffer.json;

import java.nio.charset.StandardCharsets;

/** JSON strings (RFC 8259) with the document's choice of escapes. */
public final class JsonStrings {

  private JsonStrings() {}

  /** {@code text} in quotation marks, escaping what must be escaped and nothing else. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\b' -> quoted.append("\\b");
        case '\f' -> quoted.append("\\f");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20) {
            quoted.append("\\u00").append(Character.forDigit(c >> 4, 16));
            quoted.append(Character.forDigit(c & 0xf, 16));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** The text between {@code start} and {@code end}, the inside of a string that is well-formed. */
  static String unescape(byte[] bytes, int start, int end) {
    int p = start;
    while (p < end && bytes[p] != '\\') {
      p++;
    }
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    return p == end ? text : unescape(text);
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char letter = text.charAt(i++);
      switch (letter) {
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 't' -> plain.append('\t');
        case 'u' -> {
          plain.append((char) Integer.parseInt(text.substring(i, i + 4), 16));
          i += 4;
        }
        default -> plain.append(letter);
      }
    }
    return plain.toString();
  }
}
