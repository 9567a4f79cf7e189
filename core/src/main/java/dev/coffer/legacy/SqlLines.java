package dev.coffer.legacy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a file, each kept up to a limit: a line of any length passes in bounded memory. */
final class SqlLines {
  private final InputStream source;
  private final int most;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int end;
  private byte[] line = new byte[1024];
  private int length;
  private boolean truncated;
  private long offset;
  private long number;

  SqlLines(InputStream source, int most) {
    this.source = source;
    this.most = most;
  }

  /** Reads the next line; false at the end of the file. */
  boolean next() throws IOException {
    length = 0;
    truncated = false;
    boolean any = false;
    while (fill()) {
      any = true;
      int at = position;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      keep(position, at - position);
      boolean complete = at < end;
      offset += at - position + (complete ? 1 : 0);
      position = complete ? at + 1 : at;
      if (complete) {
        break;
      }
    }
    if (length > 0 && !truncated && line[length - 1] == '\r') {
      length--;
    }
    number++;
    return any;
  }

  private boolean fill() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, source.read(buffer));
    }
    return end > 0;
  }

  private void keep(int from, int count) {
    int kept = Math.min(count, most - length);
    truncated |= kept < count;
    if (length + kept > line.length) {
      line = Arrays.copyOf(line, Math.min(most, Math.max(length + kept, 2 * line.length)));
    }
    System.arraycopy(buffer, from, line, length, kept);
    length += kept;
  }

  boolean is(String text) {
    return length == text.length() && text(length).equals(text);
  }

  /** The line, or as much of it as {@code limit} bytes hold. */
  String text(int limit) {
    return new String(line, 0, Math.min(limit, length), StandardCharsets.UTF_8);
  }

  boolean truncated() {
    return truncated;
  }

  /** Bytes read so far, to the end of this line. */
  long offset() {
    return offset;
  }

  /** The number of this line, from 1. */
  long number() {
    return number;
  }
}
