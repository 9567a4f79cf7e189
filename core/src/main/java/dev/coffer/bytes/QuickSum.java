package dev.coffer.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Sums of bytes for tables in memory, eight bytes at a time. They depend on a number that each run
 * of the program draws anew, so that nobody can make rows beforehand that share one.
 */
public final class QuickSum {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SECRET = new SplittableRandom().nextLong() | 1;
  private static final long PRIME = 0x9E3779B97F4A7C15L;

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
    long product = sum * PRIME;
    return product ^ product >>> 29;
  }
}
