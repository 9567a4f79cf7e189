package dev.coffer.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing byte array whose inside is open: hot loops write to {@link #array} after asking for
 * room. Not thread-safe.
 */
public final class ByteSink {
  private static final int SMALL = 1 << 20;
  private static final VarHandle INT16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] array;
  private int length;

  public ByteSink(int capacity) {
    array = new byte[capacity];
  }

  /** The bytes, valid up to {@link #length}; replaced by another array when room is made. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  /** Says how many bytes a caller that wrote to {@link #array} has made valid. */
  public void length(int newLength) {
    length = newLength;
  }

  /**
   * Makes room for {@code more} bytes after the valid ones.
   *
   * @throws IllegalStateException if that is more than a Java array can hold
   */
  public void ensure(long more) {
    long needed = length + more;
    if (needed > array.length) {
      if (needed > Integer.MAX_VALUE - 64) {
        throw new IllegalStateException("a single piece of " + needed + " bytes");
      }
      long doubled = Math.min(2L * array.length, Integer.MAX_VALUE - 64);
      byte[] larger = new byte[(int) Math.max(needed, doubled)];
      System.arraycopy(array, 0, larger, 0, length);
      array = larger;
    }
  }

  /** Forgets the bytes and makes room for {@code count}, where it is known that no more come. */
  public void empty(int count) {
    length = 0;
    if (array.length < count) {
      array = new byte[count];
    }
  }

  public void put(int oneByte) {
    ensure(1);
    array[length++] = (byte) oneByte;
  }

  /** Appends the lower two bytes of a number, the most significant first. */
  public void putInt16(int number) {
    ensure(Short.BYTES);
    INT16.set(array, length, (short) number);
    length += Short.BYTES;
  }

  /** Appends four bytes, the most significant first. */
  public void putInt32(int number) {
    ensure(Integer.BYTES);
    INT32.set(array, length, number);
    length += Integer.BYTES;
  }

  /** Appends eight bytes, the most significant first. */
  public void putInt64(long number) {
    ensure(Long.BYTES);
    INT64.set(array, length, number);
    length += Long.BYTES;
  }

  public void put(byte[] bytes) {
    put(bytes, 0, bytes.length);
  }

  public void put(byte[] bytes, int offset, int count) {
    ensure(count);
    System.arraycopy(bytes, offset, array, length, count);
    length += count;
  }

  public void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Forgets the bytes; gives memory back if one large piece had made the array larger than that.
   */
  public void clear(int keepAtMost) {
    length = 0;
    if (array.length > keepAtMost) {
      array = new byte[Math.min(keepAtMost, SMALL)];
    }
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(array, length);
  }
}
