package dev.coffer.archive;

import dev.coffer.bytes.RunningHash;
import dev.coffer.bytes.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The skippable last frame (RFC 8878, 3.1.2) that says where every other frame lies. As with the
 * signature, the same list has one text only.
 */
final class Index {
  static final int MAGIC = 0x184D2A5C;
  static final int HEADER_BYTES = 8;
  static final int TRAILER_BYTES = Sha256.BYTES + Integer.BYTES + 8;
  private static final byte[] MARK = "COFFERIX".getBytes(StandardCharsets.US_ASCII);
  private static final String BEGIN = "{\"index\":1,\"frames\":[";
  private static final String END = "]}";

  private Index() {}

  static byte[] write(List<FrameEntry> frames) {
    byte[] json = json(frames);
    ByteBuffer frame =
        ByteBuffer.allocate(HEADER_BYTES + json.length + TRAILER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(MAGIC).putInt(json.length + TRAILER_BYTES);
    frame.put(json).put(Sha256.of(json)).putInt(json.length).put(MARK);
    return frame.array();
  }

  private static byte[] json(List<FrameEntry> frames) {
    return (BEGIN + entries(frames) + END).getBytes(StandardCharsets.US_ASCII);
  }

  private static String entries(Collection<FrameEntry> frames) {
    StringBuilder entries = new StringBuilder();
    for (FrameEntry frame : frames) {
      entry(entries, frame, entries.isEmpty());
    }
    return entries.toString();
  }

  /** What the metadata says of the frames before its own: the hash of their part of the index. */
  static String hash(Collection<FrameEntry> frames) {
    return Sha256.hex(Sha256.of(entries(frames).getBytes(StandardCharsets.US_ASCII)));
  }

  private static void entry(StringBuilder json, FrameEntry frame, boolean first) {
    json.append(first ? "[" : ",[").append(frame.at()).append(',').append(frame.bytes());
    json.append(',').append(frame.textAt()).append(',').append(frame.textBytes());
    json.append(",\"").append(frame.sha256()).append("\"]");
  }

  /** How the end of a file compares with the index that should stand there. */
  enum Match {
    SAME,
    ABSENT,
    CUT_SHORT,
    LONGER,
    DIFFERENT
  }

  /** The index of frames that are seen one after another, known by its hash: constant memory. */
  static final class Expected {
    private final RunningHash json = new RunningHash();

    Expected() {
      put(BEGIN);
    }

    void add(FrameEntry frame) {
      StringBuilder text = new StringBuilder();
      entry(text, frame, json.length() == BEGIN.length());
      put(text.toString());
    }

    private void put(String text) {
      json.add(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
    }

    /** Compares it with all that is left of a file; no frame can be added any more. */
    Match compare(InputStream found) throws IOException {
      put(END);
      long length = json.length();
      byte[] hash = json.finish();
      ByteBuffer ends =
          ByteBuffer.allocate(HEADER_BYTES + TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      ends.putInt(MAGIC).putInt((int) (length + TRAILER_BYTES));
      ends.put(hash).putInt((int) length).put(MARK);
      byte[] header = Arrays.copyOf(ends.array(), HEADER_BYTES);
      byte[] trailer = Arrays.copyOfRange(ends.array(), HEADER_BYTES, ends.capacity());
      byte[] start = found.readNBytes(HEADER_BYTES);
      if (start.length == 0) {
        return Match.ABSENT;
      }
      if (!Arrays.equals(start, header)) {
        return beginsAlike(header, start) ? Match.CUT_SHORT : Match.DIFFERENT;
      }
      RunningHash content = new RunningHash();
      if (!readInto(content, found, length)) {
        return Match.CUT_SHORT;
      }
      byte[] end = found.readNBytes(TRAILER_BYTES);
      if (!Arrays.equals(content.finish(), hash) || !beginsAlike(trailer, end)) {
        return Match.DIFFERENT;
      }
      if (end.length < TRAILER_BYTES) {
        return Match.CUT_SHORT;
      }
      return found.read() < 0 ? Match.SAME : Match.LONGER;
    }

    private static boolean readInto(RunningHash content, InputStream found, long length)
        throws IOException {
      byte[] buffer = new byte[1 << 13];
      for (long left = length; left > 0; ) {
        int got = found.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
        if (got == 0) {
          return false;
        }
        content.add(buffer, 0, got);
        left -= got;
      }
      return true;
    }

    private static boolean beginsAlike(byte[] expected, byte[] found) {
      return Arrays.equals(expected, 0, found.length, found, 0, found.length);
    }
  }

  /**
   * How long the index is as a whole, by the file's last {@link #TRAILER_BYTES} bytes; empty where
   * these are not the end of an index.
   */
  static Optional<Integer> length(byte[] trailer) {
    ByteBuffer end = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN);
    int json = end.getInt(Sha256.BYTES);
    int markAt = Sha256.BYTES + Integer.BYTES;
    boolean marked = Arrays.equals(trailer, markAt, markAt + MARK.length, MARK, 0, MARK.length);
    boolean fits = json > 0 && json < Integer.MAX_VALUE - HEADER_BYTES - TRAILER_BYTES;
    return marked && fits ? Optional.of(HEADER_BYTES + json + TRAILER_BYTES) : Optional.empty();
  }

  /** The frames listed; empty where the bytes are not exactly what {@link #write} makes of them. */
  static Optional<List<FrameEntry>> read(byte[] frame) {
    List<FrameEntry> frames = new ArrayList<>();
    Cursor cursor = new Cursor(frame, HEADER_BYTES + BEGIN.length());
    while (cursor.entry()) {
      frames.add(
          new FrameEntry(
              cursor.number(), cursor.number(), cursor.number(), cursor.number(), cursor.hash()));
    }
    return Arrays.equals(write(frames), frame) ? Optional.of(frames) : Optional.empty();
  }

  /**
   * Goes over the entries of a list that may be no list: what it finds is compared afterwards with
   * what was read. A regular expression would take longer to compile than to match.
   */
  private static final class Cursor {
    private static final int HEX_DIGITS = 2 * Sha256.BYTES;
    private static final int MOST_DIGITS = 18;

    private final byte[] text;
    private int at;

    Cursor(byte[] text, int at) {
      this.text = text;
      this.at = at;
    }

    /** Whether another entry begins; if so, stands behind its bracket. */
    boolean entry() {
      at += at < text.length && text[at] == ',' ? 1 : 0;
      return at < text.length && text[at++] == '[';
    }

    /** The next number, -1 for one of too many digits; steps over what ends it. */
    long number() {
      int from = at;
      long number = 0;
      while (at < text.length && text[at] >= '0' && text[at] <= '9') {
        number = number * 10 + (text[at++] - '0');
      }
      return at++ - from > MOST_DIGITS ? -1 : number;
    }

    /** What should be a hash, empty if it is none; steps over it and the entry's end. */
    String hash() {
      int from = Math.min(at + 1, text.length);
      int to = Math.min(from + HEX_DIGITS, text.length);
      at = to + 2;
      for (int p = from; p < to; p++) {
        if (!HexFormat.isHexDigit(text[p])) {
          return "";
        }
      }
      return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
