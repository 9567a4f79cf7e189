package dev.coffer.store;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file written aside, under a name with a leading dot and locked, so that a later run can tell
 * the remains of a killed run from a living one's work. Readable by its owner alone: backups hold
 * personal data.
 */
final class LocalPendingFile implements PendingFile {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * What this process writes. POSIX locks are a process's, not a channel's: looking at a file by
   * another channel and closing that would release them.
   */
  private static final Set<Path> LIVING = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final Path partial;
  private final FileChannel channel;
  private final OutputStream content;
  private Optional<FileChannel> scratch = Optional.empty();

  LocalPendingFile(Path file) throws IOException {
    this.file = file;
    partial = beside(file, "");
    channel = open(partial);
    content = new Content(Channels.newOutputStream(channel));
  }

  private static Path beside(Path file, String part) {
    return file.resolveSibling("." + file.getFileName() + part + LocalStore.PARTIAL);
  }

  /**
   * A new file, locked. Between the two another process may take it for a remainder and delete it.
   */
  private static FileChannel open(Path path) throws IOException {
    if (!LIVING.add(real(path))) {
      throw new FileAlreadyExistsException(path.toString());
    }
    try {
      while (true) {
        FileChannel opened = FileChannel.open(path, NEW, OWNER_ALONE);
        opened.lock();
        if (Files.exists(path)) {
          return opened;
        }
        opened.close();
      }
    } catch (IOException failure) {
      LIVING.remove(real(path));
      throw failure;
    }
  }

  private static Path real(Path path) throws IOException {
    return Objects.requireNonNull(path.toAbsolutePath().getParent())
        .toRealPath()
        .resolve(path.getFileName());
  }

  /** Whether this process is writing the file: its lock does not tell, and is lost by asking. */
  static boolean isLiving(Path path) throws IOException {
    return LIVING.contains(real(path));
  }

  @Override
  public OutputStream content() {
    return content;
  }

  @Override
  public FileChannel scratch() throws IOException {
    if (scratch.isEmpty()) {
      scratch = Optional.of(open(beside(file, ".scratch")));
    }
    return scratch.get();
  }

  @Override
  public Path publish() throws IOException {
    channel.force(true);
    try {
      Files.createLink(file, partial);
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      // FAT and some network file systems have no links; moving does not replace either.
      Files.move(partial, file);
    }
    try {
      Files.deleteIfExists(partial);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException notDurable) {
      Files.deleteIfExists(file);
      throw notDurable;
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    if (scratch.isPresent()) {
      remove(beside(file, ".scratch"), scratch.get());
      scratch = Optional.empty();
    }
    remove(partial, channel);
  }

  private static void remove(Path path, FileChannel open) throws IOException {
    try (open) {
      Files.deleteIfExists(path);
    } finally {
      LIVING.remove(real(path));
    }
  }

  /** A stream whose end is not the file's: the channel is needed to make it durable. */
  private static final class Content extends FilterOutputStream {

    Content(OutputStream channel) {
      super(channel);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
