package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The lines of a chunk: joined by a comma and a line break, neither of which a line begins with.
 */
public final class Lines {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LINE_BREAKS = ONES * '\n';

  /** Takes one line; the bytes are valid during the call. */
  @FunctionalInterface
  public interface Sink<E extends Exception> {
    void line(byte[] bytes, int from, int to) throws E;
  }

  private Lines() {}

  public static <E extends Exception> void of(ByteSink chunk, Sink<E> sink) throws E {
    byte[] bytes = chunk.array();
    int limit = chunk.length();
    int from = 0;
    while (from < limit) {
      int end = lineBreak(bytes, from, limit);
      sink.line(bytes, from, withoutComma(bytes, from, end, limit));
      from = end + 1;
    }
  }

  /** Where a line ends whose line break, or the end of all, is known. */
  static int withoutComma(byte[] bytes, int from, int lineBreak, int limit) {
    boolean joined = lineBreak < limit && lineBreak > from && bytes[lineBreak - 1] == ',';
    return joined ? lineBreak - 1 : lineBreak;
  }

  /** Where the next line break stands, looking at eight bytes at once; {@code limit} if nowhere. */
  static int lineBreak(byte[] bytes, int from, int limit) {
    int p = from;
    while (p + Long.BYTES <= limit) {
      long word = (long) WORD.get(bytes, p) ^ LINE_BREAKS;
      long found = (word - ONES) & ~word & HIGHS;
      if (found != 0) {
        return p + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      p += Long.BYTES;
    }
    while (p < limit && bytes[p] != '\n') {
      p++;
    }
    return p;
  }
}
