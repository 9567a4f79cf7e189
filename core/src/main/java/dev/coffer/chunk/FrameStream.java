package dev.coffer.chunk;

import dev.coffer.bytes.ByteSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Splits a stream into zstd frames by their block headers (RFC 8878, 3.1.1.2), without
 * decompressing. For one thread.
 */
public final class FrameStream {
  private static final int BLOCK_HEADER = 3;
  private static final int CHECKSUM = 4;
  private static final int RLE = 1;
  private static final int KEEP = 8 << 20;

  private final InputStream input;
  private final long largestContent;
  private final ByteSink frame = new ByteSink(1 << 16);
  private long at;
  private long nextAt;
  private long contentBytes;
  private byte[] rest = {};

  /** What came next in the stream. */
  public enum Next {
    /** A frame; {@link FrameStream#frame} holds it. */
    FRAME,
    END,
    /** Not a frame that states its size: {@link FrameStream#rest} holds what was read of it. */
    OTHER,
    CUT_SHORT,
    /** Its content is larger than the limit. */
    TOO_LARGE,
    /** Its blocks cannot be right. */
    DAMAGED
  }

  /**
   * @param largestContent the most bytes of content a frame may state
   */
  public FrameStream(InputStream input, long largestContent) {
    this.input = input;
    this.largestContent = largestContent;
  }

  public Next next() throws IOException {
    at = nextAt;
    frame.clear(KEEP);
    int got = read(FrameHeader.LONGEST);
    if (got == 0) {
      return Next.END;
    }
    Optional<FrameHeader> header = FrameHeader.of(frame.array(), frame.length());
    if (header.isEmpty()) {
      rest = frame.toByteArray();
      return FrameHeader.isCutShort(rest) ? Next.CUT_SHORT : Next.OTHER;
    }
    contentBytes = header.get().contentBytes();
    if (contentBytes > largestContent) {
      return Next.TOO_LARGE;
    }
    Next result = blocks(header.get());
    nextAt = at + frame.length();
    return result;
  }

  /**
   * The shortest frame, a header of six bytes and an empty block of three, is shorter than the
   * longest header; what was read too much belongs to the next frame.
   */
  private byte[] ahead = {};

  private int read(int count) throws IOException {
    frame.ensure(count);
    int fromAhead = Math.min(count, ahead.length);
    frame.put(ahead, 0, fromAhead);
    ahead = Arrays.copyOfRange(ahead, fromAhead, ahead.length);
    int got = input.readNBytes(frame.array(), frame.length(), count - fromAhead);
    frame.length(frame.length() + got);
    return fromAhead + got;
  }

  private Next blocks(FrameHeader header) throws IOException {
    long most = Frames.bound(contentBytes);
    int p = header.bytes();
    boolean last = false;
    while (!last) {
      if (!have(p + BLOCK_HEADER)) {
        return Next.CUT_SHORT;
      }
      byte[] bytes = frame.array();
      int block = (bytes[p] & 0xff) | (bytes[p + 1] & 0xff) << 8 | (bytes[p + 2] & 0xff) << 16;
      last = (block & 1) != 0;
      int type = block >>> 1 & 3;
      p += BLOCK_HEADER + (type == RLE ? 1 : block >>> 3);
      if (type == 3 || p > most) {
        return Next.DAMAGED;
      }
    }
    p += header.checksum() ? CHECKSUM : 0;
    if (!have(p)) {
      return Next.CUT_SHORT;
    }
    ahead = Arrays.copyOfRange(frame.array(), p, frame.length());
    frame.length(p);
    return Next.FRAME;
  }

  private boolean have(int count) throws IOException {
    if (frame.length() < count) {
      read(count - frame.length());
    }
    return frame.length() >= count;
  }

  /** The frame's bytes. */
  public ByteSink frame() {
    return frame;
  }

  /** What its content measures. */
  public int contentBytes() {
    return (int) contentBytes;
  }

  /** Where it begins in the stream. */
  public long at() {
    return at;
  }

  public byte[] rest() {
    return rest;
  }

  /** Everything that follows the frames read so far, beginning with {@link #rest}. */
  public InputStream remaining() {
    return new SequenceInputStream(new ByteArrayInputStream(rest), input);
  }
}
