package dev.coffer.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decides after which row a chunk ends. A row's hash is as good as a random number, so the rule
 * 'the hash, read as a fraction, is smaller than the row's share of a chunk' cuts once per {@link
 * #TARGET} bytes on average, at places that depend on rows alone: where rows are the same, cuts
 * fall the same, whatever came before. Chunks below {@link #LEAST} bytes are not worth a frame;
 * chunks above {@link #MOST} would not fit a reader's memory.
 */
final class CutRule {
  static final int LEAST = 512 << 10;
  static final int TARGET = 2 << 20;
  static final int MOST = 4 << 20;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long PER_BYTE = Long.divideUnsigned(-1L, TARGET);

  private CutRule() {}

  static boolean cutAfter(byte[] hashes, int at, int rowBytes, int chunkBytes) {
    if (chunkBytes < LEAST) {
      return false;
    }
    if (chunkBytes >= MOST || rowBytes >= TARGET) {
      return true;
    }
    long fraction = (long) WORD.get(hashes, at);
    return Long.compareUnsigned(fraction, rowBytes * PER_BYTE) < 0;
  }
}
