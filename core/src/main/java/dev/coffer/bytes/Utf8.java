package dev.coffer.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Tells whether bytes are UTF-8 (RFC 3629, section 4). */
public final class Utf8 {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGHS = 0x8080808080808080L;

  private Utf8() {}

  public static boolean isValid(byte[] bytes) {
    int p = 0;
    while (p < bytes.length) {
      if (p <= bytes.length - Long.BYTES && ((long) WORD.get(bytes, p) & HIGHS) == 0) {
        p += Long.BYTES;
      } else if (bytes[p] >= 0) {
        p++;
      } else {
        int length = character(bytes, p);
        if (length == 0) {
          return false;
        }
        p += length;
      }
    }
    return true;
  }

  /** How many bytes the character at {@code p} has, which is not ASCII; 0 if it is none. */
  private static int character(byte[] bytes, int p) {
    int first = bytes[p] & 0xff;
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (p + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[p + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[p + 1] & 0xff;
    boolean tooLong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    boolean surrogate = first == 0xed && second > 0x9f;
    boolean beyond = first == 0xf4 && second > 0x8f;
    return tooLong || surrogate || beyond ? 0 : length;
  }
}
