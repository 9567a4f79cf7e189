package dev.coffer.archive;

import dev.coffer.bytes.Sha256;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The skippable last frame (RFC 8878, 3.1.2) that says where every other frame lies. As with the
 * signature, the same list has one text only.
 */
final class Index {
  static final int MAGIC = 0x184D2A5C;
  static final int HEADER_BYTES = 8;
  static final int TRAILER_BYTES = Sha256.BYTES + Integer.BYTES + 8;
  private static final byte[] MARK = "COFFERIX".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ENTRY =
      Pattern.compile("\\[(\\d{1,18}),(\\d{1,18}),(\\d{1,18}),(\\d{1,18}),\"([0-9a-f]{64})\"]");

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
    StringBuilder json = new StringBuilder("{\"index\":1,\"frames\":[");
    for (FrameEntry frame : frames) {
      if (json.charAt(json.length() - 1) != '[') {
        json.append(',');
      }
      json.append('[').append(frame.at()).append(',').append(frame.bytes());
      json.append(',').append(frame.textAt()).append(',').append(frame.textBytes());
      json.append(",\"").append(frame.sha256()).append("\"]");
    }
    return json.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
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
    String text = new String(frame, StandardCharsets.ISO_8859_1);
    Matcher matcher = ENTRY.matcher(text);
    while (matcher.find()) {
      frames.add(
          new FrameEntry(
              Long.parseLong(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3)),
              Long.parseLong(matcher.group(4)),
              matcher.group(5)));
    }
    return Arrays.equals(write(frames), frame) ? Optional.of(frames) : Optional.empty();
  }
}
