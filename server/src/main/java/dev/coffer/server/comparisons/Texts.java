package dev.coffer.server.comparisons;

/** Cuts texts, and no character in two. */
final class Texts {
  private Texts() {}

  /** The beginning, of at most so many chars. */
  static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, whole(text, longest));
  }

  /** The end, of at most so many chars. */
  static String end(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int from = text.length() - longest;
    return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
  }

  /** {@code at}, or one less where that is the middle of a character. */
  static int whole(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }
}
