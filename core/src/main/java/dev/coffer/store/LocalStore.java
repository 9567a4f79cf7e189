package dev.coffer.store;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A folder on this machine. */
public final class LocalStore implements Store {
  static final String PARTIAL = ".partial";
  private final Path root;

  private LocalStore(Path root) {
    this.root = root;
  }

  /**
   * A store in a folder that exists.
   *
   * @throws CofferException {@code TARGET_MISSING} or {@code TARGET_UNWRITABLE}
   */
  public static LocalStore at(Path root) {
    if (!Files.exists(root)) {
      throw new CofferException(
          ErrorCode.TARGET_MISSING,
          "the folder for backups does not exist: " + root,
          "Create it: mkdir -p " + root);
    }
    requireFolder(root);
    if (!Files.isWritable(root)) {
      throw StoreFailures.unwritable(root, null);
    }
    return new LocalStore(root);
  }

  private static void requireFolder(Path place) {
    if (!Files.isDirectory(place)) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "the place for backups is not a folder: " + place,
          "Move it away, or name another folder with --to.");
    }
  }

  @Override
  public PendingFile create(String name) throws IOException {
    Path file = root.resolve(name).normalize();
    if (!file.startsWith(root.normalize()) || file.equals(root.normalize())) {
      throw new IllegalArgumentException("a name outside the store: " + name);
    }
    Path folder = Objects.requireNonNull(file.getParent());
    try {
      if (Files.exists(folder)) {
        requireFolder(folder);
      }
      Files.createDirectories(folder);
      if (Files.exists(file)) {
        throw StoreFailures.exists(file);
      }
      return new LocalPendingFile(file);
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, file);
    }
  }

  @Override
  public int removeLeftovers() throws IOException {
    int removed = 0;
    for (Path partial : partials()) {
      if (removeUnlessLocked(partial)) {
        removed++;
      }
    }
    return removed;
  }

  private List<Path> partials() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path folder : folders) {
        addPartials(folder, found);
      }
    }
    return found;
  }

  private static void addPartials(Path folder, List<Path> found) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + PARTIAL)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.add(file);
        }
      }
    } catch (AccessDeniedException someoneElses) {
      // A disk's lost+found, for one: no run of ours can have written there.
    }
  }

  private static boolean removeUnlessLocked(Path partial) throws IOException {
    if (LocalPendingFile.isLiving(partial)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null && Files.deleteIfExists(partial);
    } catch (OverlappingFileLockException
        | NoSuchFileException
        | AccessDeniedException inUseOrGoneOrSomeoneElses) {
      return false;
    }
  }
}
