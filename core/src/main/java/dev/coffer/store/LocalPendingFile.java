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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A file written aside, under a name with a leading dot and locked, so that a later run can tell
 * the remains of a killed run from a living one's work. Readable by its owner alone: backups hold
 * personal data.
 */
final class LocalPendingFile implements PendingFile {
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

  private static FileChannel open(Path path) throws IOException {
    FileChannel opened =
        FileChannel.open(
            path,
            java.util.Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    opened.lock();
    return opened;
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
      Files.deleteIfExists(beside(file, ".scratch"));
      scratch.get().close();
      scratch = Optional.empty();
    }
    Files.deleteIfExists(partial);
    channel.close();
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
