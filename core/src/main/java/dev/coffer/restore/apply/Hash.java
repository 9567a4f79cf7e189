package dev.coffer.restore.apply;

import java.util.Arrays;

/** A hash as the key of a map. */
record Hash(long first, long second) {
  static Hash of(byte[] sha256) {
    return new Hash(number(sha256, 0), number(sha256, Long.BYTES));
  }

  private static long number(byte[] bytes, int from) {
    return java.nio.ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, from + Long.BYTES)).getLong();
  }
}
