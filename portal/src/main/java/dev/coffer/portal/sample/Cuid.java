package dev.coffer.portal.sample;

/**
 * Ids shaped like cuid: {@code c}, the time in base 36, a counter, a fingerprint and random
 * characters, 25 in all and roughly in the order of time.
 */
final class Cuid {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private Cuid() {}

  /** The id of the row with this index in the stream, made at this time (epoch milliseconds). */
  static String of(long seed, Stream stream, long index, long time) {
    Dice dice = new Dice(~seed, stream, index);
    char[] id = new char[25];
    id[0] = 'c';
    digits(id, 1, 8, time);
    digits(id, 9, 4, index);
    digits(id, 13, 4, 360_119L + stream.number() * 7_919L);
    digits(id, 17, 8, dice.bits() >>> 1);
    return new String(id);
  }

  private static void digits(char[] target, int offset, int length, long value) {
    long left = value;
    for (int i = offset + length - 1; i >= offset; i--) {
      target[i] = DIGITS.charAt((int) (left % 36));
      left /= 36;
    }
  }
}
