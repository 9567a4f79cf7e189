package dev.coffer.json;

import java.nio.charset.StandardCharsets;

/**
 * Integers and floating-point numbers from JSON numbers that have been parsed before.
 *
 * <p>A floating-point number of few digits is a whole number divided by a power of ten where both
 * are exact, and then the division is the only step that rounds (Clinger, "How to Read Floating
 * Point Numbers Accurately", 1990). All others are left to Java's own parser.
 */
final class BinaryNumbers {
  private static final int MOST_LONG_DIGITS = 19;

  /** A sign, a point and so many digits surely fit a {@code long}. */
  private static final int SHORT = 18;

  private static final long MOST_EXACT_DOUBLE = 1L << 53;
  private static final long MOST_EXACT_FLOAT = 1L << 24;
  private static final double[] DOUBLE_TENS = new double[SHORT + 1];
  private static final float[] FLOAT_TENS = new float[11];

  static {
    DOUBLE_TENS[0] = 1;
    for (int i = 1; i < DOUBLE_TENS.length; i++) {
      DOUBLE_TENS[i] = DOUBLE_TENS[i - 1] * 10;
    }
    for (int i = 0; i < FLOAT_TENS.length; i++) {
      FLOAT_TENS[i] = (float) DOUBLE_TENS[i];
    }
  }

  private BinaryNumbers() {}

  /**
   * An integer.
   *
   * @param most the type's largest; its smallest is one further from zero
   */
  static long integer(byte[] bytes, int start, int end, long most) throws RowFormatException {
    boolean negative = bytes[start] == '-';
    int from = negative ? start + 1 : start;
    if (end - from > MOST_LONG_DIGITS) {
      throw new RowFormatException(start, false);
    }
    // Counted below zero, where there is one more; past the last one the sign changes.
    long below = 0;
    for (int p = from; p < end; p++) {
      below = below * 10 - digit(bytes, p);
    }
    if (below > 0 || below < (negative ? -most - 1 : -most)) {
      throw new RowFormatException(start, false);
    }
    return negative ? below : -below;
  }

  static double float8(byte[] bytes, int start, int end) throws RowFormatException {
    if (bytes[start] == '"') {
      return special(bytes, start);
    }
    int fraction = fractionIfShort(bytes, start, end);
    if (fraction >= 0) {
      long whole = digits(bytes, start, end);
      if (whole <= MOST_EXACT_DOUBLE) {
        double value = whole / DOUBLE_TENS[fraction];
        return bytes[start] == '-' ? -value : value;
      }
    }
    double value = Double.parseDouble(string(bytes, start, end));
    requireInRange(bytes, start, end, value);
    return value;
  }

  static float float4(byte[] bytes, int start, int end) throws RowFormatException {
    if (bytes[start] == '"') {
      return (float) special(bytes, start);
    }
    int fraction = fractionIfShort(bytes, start, end);
    if (fraction >= 0 && fraction < FLOAT_TENS.length) {
      long whole = digits(bytes, start, end);
      if (whole <= MOST_EXACT_FLOAT) {
        float value = whole / FLOAT_TENS[fraction];
        return bytes[start] == '-' ? -value : value;
      }
    }
    float value = Float.parseFloat(string(bytes, start, end));
    requireInRange(bytes, start, end, value);
    return value;
  }

  private static double special(byte[] bytes, int start) {
    return switch (bytes[start + 1]) {
      case 'N' -> Double.NaN;
      case 'I' -> Double.POSITIVE_INFINITY;
      default -> Double.NEGATIVE_INFINITY;
    };
  }

  /** How many digits stand after the point; -1 for a long number, or one with an exponent. */
  private static int fractionIfShort(byte[] bytes, int start, int end) {
    if (end - start > SHORT) {
      return -1;
    }
    int fraction = 0;
    for (int p = start; p < end; p++) {
      if (bytes[p] == '.') {
        fraction = end - p - 1;
      } else if (bytes[p] > '9') {
        return -1;
      }
    }
    return fraction;
  }

  /** All digits, of which there are few, as one whole number. */
  private static long digits(byte[] bytes, int start, int end) {
    long whole = 0;
    for (int p = start; p < end; p++) {
      if (bytes[p] >= '0') {
        whole = whole * 10 + (bytes[p] - '0');
      }
    }
    return whole;
  }

  private static String string(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  /** The server, too, refuses what is too large, and what is too small to be told from zero. */
  private static void requireInRange(byte[] bytes, int start, int end, double value)
      throws RowFormatException {
    boolean vanished = value == 0;
    for (int p = start; vanished && p < end && bytes[p] != 'e' && bytes[p] != 'E'; p++) {
      vanished = bytes[p] <= '0';
    }
    if (Double.isInfinite(value) || (value == 0 && !vanished)) {
      throw new RowFormatException(start, false);
    }
  }

  /** The value of a digit. */
  static int digit(byte[] bytes, int at) throws RowFormatException {
    int digit = bytes[at] - '0';
    if (digit < 0 || digit > 9) {
      throw new RowFormatException(at, false);
    }
    return digit;
  }
}
