package dev.coffer.export;

import dev.coffer.store.StoreFailures;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An export that is a folder with a file for each table: filled aside, and made visible when it is
 * complete. An empty folder may be in its place.
 */
final class TargetFolder implements Outputs, AutoCloseable {
  private final Path aside;
  private final FileNames names = new FileNames(".csv");
  private Optional<FileChannel> channel = Optional.empty();
  private Optional<Output> output = Optional.empty();

  private TargetFolder(Path aside) {
    this.aside = aside;
  }

  static void write(Path target, Consumer<Outputs> content) {
    Interrupted.check();
    Path parent = isEmptyFolder(target) ? target.resolveSibling("") : TargetFile.checked(target);
    try (TargetFolder folder = new TargetFolder(aside(parent, target))) {
      content.accept(folder);
      folder.finishFile();
      Files.move(folder.aside, target, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel opened = FileChannel.open(parent, StandardOpenOption.READ)) {
        opened.force(true);
      }
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException filledMeanwhile) {
      throw TargetFile.exists(target);
    } catch (ClosedByInterruptException interrupted) {
      throw Interrupted.exception();
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, target);
    }
  }

  private static boolean isEmptyFolder(Path target) {
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
      return !files.iterator().hasNext();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Java makes such a folder accessible to its owner alone. */
  private static Path aside(Path parent, Path target) throws IOException {
    return Files.createTempDirectory(parent, "." + TargetFile.name(target) + ".partial-");
  }

  @Override
  public Output open(String table) {
    Path file = aside.resolve(names.of(table));
    try {
      finishFile();
      FileChannel opened =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      channel = Optional.of(opened);
      Output current = Output.to(Channels.newOutputStream(opened), file);
      output = Optional.of(current);
      return current;
    } catch (ClosedByInterruptException interrupted) {
      throw Interrupted.exception();
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, file);
    }
  }

  private void finishFile() throws IOException {
    output.ifPresent(Output::flush);
    output = Optional.empty();
    if (channel.isPresent()) {
      channel.get().force(true);
      channel.get().close();
      channel = Optional.empty();
    }
  }

  /** Removes what has not been moved to its place. */
  @Override
  public void close() throws IOException {
    if (channel.isPresent()) {
      channel.get().close();
    }
    if (Files.isDirectory(aside)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(aside)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(aside);
    }
  }
}
