package dev.coffer.insight;

/**
 * Recognises made-up telephone and account numbers. Looks only at values that consist of digits and
 * the signs people put between them.
 */
final class Digits {
  private static final int SHORTEST_PHONE = 9;
  private static final int SHORTEST_ACCOUNT = 6;
  private static final int REPEATED = 7;
  private static final int SEQUENTIAL = 8;

  private Digits() {}

  /**
   * Whether one digit follows itself seven times after the prefix of a long number, or fills a
   * short one.
   */
  static boolean repeated(byte[] bytes, int start, int end) {
    int prefix = prefixDigits(bytes, start, end);
    int count = 0;
    int run = 0;
    int longest = 0;
    int runOfAll = 0;
    byte previous = 0;
    for (int at = start; at < end; at++) {
      byte current = bytes[at];
      if (isDigit(current)) {
        boolean same = current == previous;
        runOfAll = same ? runOfAll + 1 : 1;
        run = same && count != prefix ? run + 1 : 1;
        if (count >= prefix) {
          longest = Math.max(longest, run);
        }
        previous = current;
        count++;
      } else if (!isSeparator(current)) {
        return false;
      }
    }
    return count >= SHORTEST_PHONE
        ? longest >= REPEATED
        : count >= SHORTEST_ACCOUNT && runOfAll == count;
  }

  /** Whether the whole number, or all of it after the prefix, counts up or down; 0 follows 9. */
  static boolean sequential(byte[] bytes, int start, int end) {
    int prefix = prefixDigits(bytes, start, end);
    return sequential(bytes, start, end, 0)
        || (prefix > 0 && sequential(bytes, start, end, prefix));
  }

  private static boolean sequential(byte[] bytes, int start, int end, int skipped) {
    int count = -skipped;
    int previous = 0;
    int step = 0;
    for (int at = start; at < end; at++) {
      byte current = bytes[at];
      if (isDigit(current)) {
        int difference = current - previous;
        int now = difference < 0 ? difference + 10 : difference;
        if (count == 1) {
          step = now;
        }
        if (count >= 1 && (now != step || (step != 1 && step != 9))) {
          return false;
        }
        previous = current;
        count++;
      } else if (!isSeparator(current)) {
        return false;
      }
    }
    return count >= SEQUENTIAL;
  }

  /** How many digits of {@code +44}, {@code 0044} or {@code 0} the number begins with. */
  private static int prefixDigits(byte[] bytes, int start, int end) {
    if (end - start < SHORTEST_ACCOUNT) {
      return 0;
    }
    byte first = bytes[start];
    if (first == '+') {
      return bytes[start + 1] == '4' && bytes[start + 2] == '4' ? 2 : 0;
    }
    if (first != '0') {
      return 0;
    }
    boolean international =
        bytes[start + 1] == '0' && bytes[start + 2] == '4' && bytes[start + 3] == '4';
    return international ? 4 : 1;
  }

  private static boolean isDigit(byte character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isSeparator(byte character) {
    return switch (character) {
      case ' ', '-', '+', '(', ')', '.', '/' -> true;
      default -> false;
    };
  }
}
