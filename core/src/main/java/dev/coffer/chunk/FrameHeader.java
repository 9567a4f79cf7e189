package dev.coffer.chunk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The beginning of a zstd frame (RFC 8878, 3.1.1.1), as far as Coffer writes it.
 *
 * @param bytes length of magic number and header
 * @param contentBytes size of the content
 * @param checksum whether four bytes of checksum follow the last block
 */
public record FrameHeader(int bytes, long contentBytes, boolean checksum) {
  public static final int MAGIC = 0xFD2FB528;

  /** The longest there is. */
  public static final int LONGEST = 18;

  private static final int[] SIZE_BYTES = {0, 2, 4, 8};
  private static final int[] DICTIONARY_BYTES = {0, 1, 2, 4};

  /** Whether these are all bytes there are, and could be the beginning of a frame's header. */
  static boolean isCutShort(byte[] start) {
    byte[] longest = Arrays.copyOf(start, LONGEST);
    for (int i = start.length; i < Integer.BYTES; i++) {
      longest[i] = (byte) (MAGIC >>> (i * Byte.SIZE));
    }
    if (start.length <= Integer.BYTES) {
      longest[Integer.BYTES] = 0x20;
    }
    return start.length < LONGEST
        && of(start, start.length).isEmpty()
        && of(longest, LONGEST).isPresent();
  }

  /**
   * Empty where {@code start}, of at least {@link #LONGEST} bytes or all there are, is no frame
   * that states its content's size.
   */
  public static Optional<FrameHeader> of(byte[] start, int count) {
    ByteBuffer buffer = ByteBuffer.wrap(start, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    if (count < 6 || buffer.getInt() != MAGIC) {
      return Optional.empty();
    }
    int descriptor = buffer.get() & 0xff;
    boolean single = (descriptor & 0x20) != 0;
    boolean reserved = (descriptor & 0x18) != 0;
    int sizeFlag = descriptor >>> 6;
    int sizeBytes = sizeFlag == 0 && single ? 1 : SIZE_BYTES[sizeFlag];
    int skipped = (single ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3];
    int headerBytes = 5 + skipped + sizeBytes;
    if (sizeBytes == 0 || reserved || headerBytes > count) {
      return Optional.empty();
    }
    buffer.position(5 + skipped);
    long size =
        switch (sizeBytes) {
          case 1 -> buffer.get() & 0xff;
          case 2 -> (buffer.getShort() & 0xffff) + 256;
          case 4 -> buffer.getInt() & 0xffffffffL;
          default -> buffer.getLong();
        };
    boolean checksum = (descriptor & 4) != 0;
    return size < 0 ? Optional.empty() : Optional.of(new FrameHeader(headerBytes, size, checksum));
  }
}
