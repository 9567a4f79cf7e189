package dev.coffer.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Sums of bytes for tables in memory, eight bytes at a time. Each is multiplied with a number that
 * each run of the program draws anew, so that rows that share a sum in all runs are not easily
 * made.
 */
public final class QuickSum {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SECRET = new SplittableRandom().nextLong() | 1;

  private QuickSum() {}

  /** The sum of the bytes between {@code from} and {@code to}. */
  public static int of(byte[] bytes, int from, int to) {
    long sum = SECRET ^ (to - from);
    int p = from;
    for (; p + Long.BYTES <= to; p += Long.BYTES) {
      sum = mixed(sum ^ (long) WORD.get(bytes, p));
    }
    for (; p < to; p++) {
      sum = mixed(sum ^ bytes[p]);
    }
    return (int) (sum >>> 32);
  }

  private static long mixed(long sum) {
    return Math.multiplyHigh(sum, SECRET) ^ sum * SECRET;
  }
}
