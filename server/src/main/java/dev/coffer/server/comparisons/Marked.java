package dev.coffer.server.comparisons;

/**
 * A text beside another one, parted where they differ, and cut where it is long.
 *
 * @param head what both begin with
 * @param different what only this one has; may be empty
 * @param tail what both end with
 */
record Marked(String head, String different, String tail) {
  private static final int AROUND = 60;
  private static final int LONGEST = 400;
  private static final String GAP = "…";

  /** {@code text} as it differs from {@code other}. */
  static Marked of(String text, String other) {
    int shorter = Math.min(text.length(), other.length());
    int head = 0;
    while (head < shorter && text.charAt(head) == other.charAt(head)) {
      head++;
    }
    head = Math.min(Texts.whole(text, head), Texts.whole(other, head));
    int tail = 0;
    while (tail < shorter - head
        && text.charAt(text.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
      tail++;
    }
    if (tail > 0 && Character.isLowSurrogate(text.charAt(text.length() - tail))) {
      tail--;
    }
    // Two words that share a letter are two words.
    if (head + tail < shorter / 2) {
      head = 0;
      tail = 0;
    }
    return new Marked(
        ending(text.substring(0, head)),
        beginning(text.substring(head, text.length() - tail), LONGEST),
        beginning(text.substring(text.length() - tail), AROUND));
  }

  private static String ending(String text) {
    return text.length() <= AROUND ? text : GAP + Texts.end(text, AROUND);
  }

  private static String beginning(String text, int longest) {
    return text.length() <= longest ? text : Texts.cut(text, longest) + GAP;
  }
}
