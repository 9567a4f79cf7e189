package dev.coffer.compare;

import dev.coffer.seal.EphemeralKey;
import dev.coffer.store.StoreFailures;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Intermediate data on disk, encrypted with a key that is kept in memory. The file is created on
 * first use, for its owner alone, and has no name once it is open: a run that is killed leaves none
 * behind. For one thread.
 */
final class SpillFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final EphemeralKey key = new EphemeralKey();
  private Optional<FileChannel> channel = Optional.empty();
  private long end;

  /** Where a stretch of data lies, encrypted by itself. */
  record Stretch(long at, long bytes) {}

  /** Puts the data of a stretch. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream target) throws IOException;
  }

  SpillFile(Path folder) {
    this.folder = folder;
  }

  /**
   * Adds a stretch.
   *
   * @throws dev.coffer.error.CofferException {@code TARGET_FULL} or {@code TARGET_UNWRITABLE}
   */
  Stretch write(Content content) throws IOException {
    long at = end;
    try (OutputStream target = key.encrypting(new Appending(open()))) {
      content.writeTo(target);
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, folder);
    }
    return new Stretch(at, end - at);
  }

  private FileChannel open() throws IOException {
    if (channel.isEmpty()) {
      Path file = folder.resolve(".coffer-" + UUID.randomUUID() + ".spill");
      channel =
          Optional.of(
              FileChannel.open(
                  file,
                  Set.of(
                      StandardOpenOption.CREATE_NEW,
                      StandardOpenOption.READ,
                      StandardOpenOption.WRITE,
                      StandardOpenOption.DELETE_ON_CLOSE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------"))));
      // On Linux the option above does so already; elsewhere the file goes when it is closed.
      Files.deleteIfExists(file);
    }
    return channel.get();
  }

  /** The data of a stretch, to be closed by the caller before the file is. */
  InputStream read(Stretch stretch) throws IOException {
    return key.decrypting(new BufferedInputStream(new Reading(open(), stretch), BUFFER));
  }

  /** How much lies on the disk. */
  long bytes() {
    return end;
  }

  @Override
  public void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException alreadyUseless) {
      // Nobody will read it again.
    }
  }

  /** Writes at the file's end. */
  private final class Appending extends OutputStream {
    private final FileChannel target;

    Appending(FileChannel target) {
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
      while (buffer.hasRemaining()) {
        end += target.write(buffer, end);
      }
    }
  }

  /** Reads a stretch as it is stored. */
  private static final class Reading extends InputStream {
    private final FileChannel source;
    private final long limit;
    private long at;

    Reading(FileChannel source, Stretch stretch) {
      this.source = source;
      at = stretch.at();
      limit = stretch.at() + stretch.bytes();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      int wanted = (int) Math.min(count, limit - at);
      if (wanted <= 0) {
        return count == 0 ? 0 : -1;
      }
      int got = source.read(ByteBuffer.wrap(bytes, offset, wanted), at);
      at += Math.max(got, 0);
      return got;
    }
  }
}
