package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;

/**
 * The lines of a chunk: joined by a comma and a line break, neither of which a line begins with.
 */
public final class Lines {

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
      int end = from;
      while (end < limit && bytes[end] != '\n') {
        end++;
      }
      boolean joined = end < limit && end > from && bytes[end - 1] == ',';
      sink.line(bytes, from, joined ? end - 1 : end);
      from = end + 1;
    }
  }
}
