package dev.coffer.insight;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Recognises what people type when they have nothing to type. */
final class Placeholders {

  private static final byte[][] DOMAINS =
      spellings(
          "test.com",
          "example.com",
          "example.org",
          "example.net",
          "mailinator.com",
          "fake.com",
          "placeholder.com",
          "noemail.com");

  private static final List<String> TEXTS =
      List.of(
          "test",
          "testing",
          "asdf",
          "xxx",
          "n/a",
          "none",
          "fake",
          "unknown",
          "placeholder",
          "lorem ipsum");

  private static final int SHORTEST_TEXT = 3;
  private static final int LONGEST_TEXT = 11;

  private static final byte[][][] TEXTS_BY_LENGTH = textsByLength();
  private static final long FIRST_LETTERS = firstLetters();

  private Placeholders() {}

  private static byte[][][] textsByLength() {
    byte[][][] byLength = new byte[LONGEST_TEXT + 1][][];
    for (int length = 0; length <= LONGEST_TEXT; length++) {
      int wanted = length;
      byLength[length] =
          spellings(TEXTS.stream().filter(text -> text.length() == wanted).toArray(String[]::new));
    }
    return byLength;
  }

  /** One bit for each letter that a text begins with. */
  private static long firstLetters() {
    return TEXTS.stream()
        .mapToLong(text -> 1L << (text.charAt(0) & 0x1F))
        .reduce(0, (a, b) -> a | b);
  }

  private static byte[][] spellings(String... texts) {
    return List.of(texts).stream()
        .map(text -> text.getBytes(StandardCharsets.US_ASCII))
        .toArray(byte[][]::new);
  }

  /** Whether the value ends in {@code @} and one of the domains. */
  static boolean isDomain(byte[] bytes, int start, int untrimmed) {
    int end = trimmedEnd(bytes, start, untrimmed);
    if (end - start < 2) {
      return false;
    }
    // All the domains end in .com, .org or .net; looking at the last letter spares most values.
    int last = bytes[end - 1] | 0x20;
    if (last != 'm' && last != 'g' && last != 't') {
      return false;
    }
    for (byte[] domain : DOMAINS) {
      int at = end - domain.length;
      if (at > start && bytes[at - 1] == '@' && equalsIgnoringCase(bytes, at, domain)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the value, without blanks around it, is one of the texts. */
  static boolean isText(byte[] bytes, int untrimmedStart, int untrimmedEnd) {
    int end = trimmedEnd(bytes, untrimmedStart, untrimmedEnd);
    int start = untrimmedStart;
    while (start < end && bytes[start] == ' ') {
      start++;
    }
    int length = end - start;
    if (length < SHORTEST_TEXT
        || length > LONGEST_TEXT
        || (FIRST_LETTERS >>> (bytes[start] & 0x1F) & 1) == 0) {
      return false;
    }
    for (byte[] text : TEXTS_BY_LENGTH[length]) {
      if (equalsIgnoringCase(bytes, start, text)) {
        return true;
      }
    }
    return false;
  }

  private static int trimmedEnd(byte[] bytes, int start, int untrimmed) {
    int end = untrimmed;
    while (end > start && bytes[end - 1] == ' ') {
      end--;
    }
    return end;
  }

  /** Compares ASCII letters without regard to case; {@code expected} is in small letters. */
  private static boolean equalsIgnoringCase(byte[] bytes, int start, byte[] expected) {
    for (int at = 0; at < expected.length; at++) {
      byte actual = bytes[start + at];
      int small = actual >= 'A' && actual <= 'Z' ? actual | 0x20 : actual;
      if (small != expected[at]) {
        return false;
      }
    }
    return true;
  }
}
