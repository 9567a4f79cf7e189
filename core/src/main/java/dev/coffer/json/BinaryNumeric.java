package dev.coffer.json;

import dev.coffer.bytes.ByteSink;

/**
 * {@code numeric} as {@code numeric_recv} takes it: how many groups of four decimal digits, the
 * first one's power of 10,000, the sign, how many digits stand after the point, the groups. The
 * server removes groups of zeros at both ends itself, and the sign of zero.
 */
final class BinaryNumeric {
  private static final int GROUP = 4;
  private static final int MOST_WHOLE_DIGITS = 131_072;
  private static final int MOST_FRACTION_DIGITS = 16_383;
  private static final int NEGATIVE = 0x4000;
  private static final int NAN = 0xC000;
  private static final int INFINITY = 0xD000;
  private static final int MINUS_INFINITY = 0xF000;

  private BinaryNumeric() {}

  /** Appends a number, which has been parsed as JSON before, or one of the three words. */
  static void append(byte[] bytes, int start, int end, ByteSink target) throws RowFormatException {
    if (bytes[start] == '"') {
      int word =
          switch (bytes[start + 1]) {
            case 'N' -> NAN;
            case 'I' -> INFINITY;
            default -> MINUS_INFINITY;
          };
      head(0, 0, word, 0, target);
      return;
    }
    int sign = bytes[start] == '-' ? NEGATIVE : 0;
    int from = sign == 0 ? start : start + 1;
    int point = from;
    while (point < end && bytes[point] != '.') {
      point++;
    }
    boolean noWhole = bytes[from] == '0' && point == from + 1;
    int whole = noWhole ? 0 : point - from;
    int fraction = Math.max(0, end - point - 1);
    if (whole > MOST_WHOLE_DIGITS || fraction > MOST_FRACTION_DIGITS) {
      throw new RowFormatException(start, false);
    }
    int wholeGroups = Math.ceilDiv(whole, GROUP);
    int fractionGroups = Math.ceilDiv(fraction, GROUP);
    head(wholeGroups + fractionGroups, wholeGroups - 1, sign, fraction, target);
    int p = point - wholeGroups * GROUP;
    for (int i = 0; i < wholeGroups; i++, p += GROUP) {
      target.putInt16(group(bytes, Math.max(p, from), p + GROUP));
    }
    p = point + 1;
    for (int i = 0; i < fractionGroups; i++, p += GROUP) {
      int value = group(bytes, p, Math.min(p + GROUP, end));
      for (int missing = p + GROUP - end; missing > 0; missing--) {
        value *= 10;
      }
      target.putInt16(value);
    }
  }

  private static void head(int groups, int weight, int sign, int scale, ByteSink target) {
    target.putInt32((GROUP + groups) * Short.BYTES);
    target.putInt16(groups);
    target.putInt16(weight);
    target.putInt16(sign);
    target.putInt16(scale);
  }

  private static int group(byte[] bytes, int from, int to) throws RowFormatException {
    int value = 0;
    for (int p = from; p < to; p++) {
      value = value * 10 + BinaryNumbers.digit(bytes, p);
    }
    return value;
  }
}
