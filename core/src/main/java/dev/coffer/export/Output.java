package dev.coffer.export;

import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.store.StoreFailures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Takes an export's text, buffered; tells failures in words. For one thread. */
final class Output {
  private static final int BUFFER = 1 << 16;
  private static final int KEEP = 1 << 20;

  private final OutputStream stream;
  private final Optional<Path> file;
  private final ByteSink buffer = new ByteSink(2 * BUFFER);

  private Output(OutputStream stream, Optional<Path> file) {
    this.stream = stream;
    this.file = file;
  }

  static Output to(OutputStream stream) {
    return new Output(stream, Optional.empty());
  }

  /**
   * @param file for messages
   */
  static Output to(OutputStream stream, Path file) {
    return new Output(stream, Optional.of(file));
  }

  /** The end of what was written so far: append to it, then call {@link #drain}. */
  ByteSink text() {
    return buffer;
  }

  /** Writes what has gathered, if it is much. */
  void drain() {
    if (buffer.length() >= BUFFER) {
      write();
    }
  }

  void put(String text) {
    buffer.put(text.getBytes(StandardCharsets.UTF_8));
    drain();
  }

  void put(byte[] bytes, int from, int to) {
    buffer.put(bytes, from, to - from);
    drain();
  }

  void flush() {
    write();
    try {
      stream.flush();
    } catch (IOException failure) {
      throw translate(failure);
    }
  }

  private void write() {
    try {
      stream.write(buffer.array(), 0, buffer.length());
    } catch (IOException failure) {
      throw translate(failure);
    }
    buffer.clear(KEEP);
  }

  /** What is written to it comes here. */
  OutputStream asStream() {
    return new OutputStream() {
      @Override
      public void write(int oneByte) {
        buffer.put(oneByte);
        drain();
      }

      @Override
      public void write(byte[] bytes, int offset, int count) {
        put(bytes, offset, offset + count);
      }
    };
  }

  private CofferException translate(IOException failure) {
    if (failure instanceof ClosedByInterruptException) {
      return Interrupted.exception();
    }
    return file.map(path -> StoreFailures.translate(failure, path))
        .orElseGet(() ->
            new CofferException(
                ErrorCode.TARGET_UNWRITABLE,
                "the export's target takes no more data",
                "The disk may be full, or the program that reads it has ended.",
                failure));
  }
}
