package dev.coffer.json;

/**
 * Looks at eight bytes at once (Warren, "Hacker's Delight", 2nd edition, 6-1: find the first zero
 * byte; the same for 'smaller than').
 */
final class Words {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private Words() {}

  /**
   * Bit 7 of each byte below space, of each quotation mark and of each backslash, the lowest byte
   * first. Bits above the first one set may be set by mistake; the first never is.
   */
  static long special(long word) {
    long quote = word ^ (ONES * '"');
    long backslash = word ^ (ONES * '\\');
    long low = (word - ONES * 0x20) & ~word;
    long isQuote = (quote - ONES) & ~quote;
    long isBackslash = (backslash - ONES) & ~backslash;
    return (low | isQuote | isBackslash) & HIGHS;
  }
}
