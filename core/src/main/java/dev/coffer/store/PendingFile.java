package dev.coffer.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file being written. Closing it without publishing leaves nothing behind. For one thread at a
 * time.
 */
public interface PendingFile extends AutoCloseable {

  /** Takes the file's bytes, in order. */
  OutputStream content();

  /** Room for intermediate data, gone when this file is closed; for reading and writing. */
  FileChannel scratch() throws IOException;

  /**
   * Makes the bytes durable and the file visible under its name, in one step; never replaces
   * another.
   *
   * @return where it lies now
   */
  Path publish() throws IOException;

  @Override
  void close() throws IOException;
}
