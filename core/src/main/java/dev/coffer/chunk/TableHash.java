package dev.coffer.chunk;

import dev.coffer.bytes.Sha256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A table's identity: the sum of its rows' SHA-256 hashes as unsigned big-endian numbers, modulo
 * 2²⁵⁶. Does not depend on the order of rows, so ranges that are read in parallel are summed apart
 * and added. Not thread-safe.
 */
public final class TableHash {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long UNSIGNED = Long.MIN_VALUE;

  private long highest;
  private long high;
  private long low;
  private long lowest;

  /** Adds the row hash that stands in {@code hash} from {@code at}. */
  public void add(byte[] hash, int at) {
    add(word(hash, at), word(hash, at + 8), word(hash, at + 16), word(hash, at + 24));
  }

  public void add(TableHash other) {
    add(other.highest, other.high, other.low, other.lowest);
  }

  private void add(long a, long b, long c, long d) {
    lowest += d;
    long carry = carry(lowest, d);
    low += c;
    long next = carry(low, c);
    low += carry;
    carry = next + carry(low, carry);
    high += b;
    next = carry(high, b);
    high += carry;
    carry = next + carry(high, carry);
    highest += a + carry;
  }

  private static long carry(long sum, long addend) {
    return sum + UNSIGNED < addend + UNSIGNED ? 1 : 0;
  }

  private static long word(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  /** 32 bytes. */
  public byte[] value() {
    byte[] value = new byte[Sha256.BYTES];
    WORD.set(value, 0, highest);
    WORD.set(value, 8, high);
    WORD.set(value, 16, low);
    WORD.set(value, 24, lowest);
    return value;
  }

  public String hex() {
    return Sha256.hex(value());
  }
}
