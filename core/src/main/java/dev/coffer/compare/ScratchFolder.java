package dev.coffer.compare;

import dev.coffer.store.StoreFailures;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for intermediate files, for its owner alone, that is gone with all of its content when
 * closed. While it is in use its lock is held; the next run removes those that nobody holds.
 */
public final class ScratchFolder implements AutoCloseable {
  private static final String PREFIX = "coffer-scratch-";
  private static final String LOCK = ".lock";

  /**
   * Those of this process. To look at the lock of one would release it: closing any of its channels
   * does, on POSIX systems.
   */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel lock;

  private ScratchFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * A new folder in {@code parent}.
   *
   * @throws dev.coffer.error.CofferException {@code TARGET_MISSING}, {@code TARGET_UNWRITABLE} or
   *     {@code TARGET_FULL}
   */
  public static ScratchFolder in(Path parent) {
    try {
      removeLeftovers(parent);
      Optional<ScratchFolder> made = create(parent);
      while (made.isEmpty()) {
        made = create(parent);
      }
      return made.get();
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, parent.resolve(PREFIX));
    }
  }

  /** A new folder; empty where another run took it for a leftover before it was locked. */
  private static Optional<ScratchFolder> create(Path parent) throws IOException {
    Path path = own(parent);
    Path file = path.resolve(LOCK);
    boolean locked = false;
    try {
      FileChannel lock =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try {
        lock.lock();
        locked = Files.exists(file);
      } finally {
        if (!locked) {
          lock.close();
        }
      }
      return locked ? Optional.of(new ScratchFolder(path, lock)) : Optional.empty();
    } finally {
      if (!locked) {
        remove(path);
        OWN.remove(identity(path));
      }
    }
  }

  /** Nobody in this process looks at its lock before it is known to be this process's. */
  private static Path own(Path parent) throws IOException {
    synchronized (OWN) {
      Path path = Files.createTempDirectory(parent, PREFIX);
      OWN.add(identity(path));
      return path;
    }
  }

  public Path path() {
    return path;
  }

  private static Path identity(Path folder) {
    return folder.toAbsolutePath().normalize();
  }

  /** Removes the folders in {@code parent} of runs that were killed. */
  public static void removeLeftovers(Path parent) throws IOException {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : found) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isAbandoned(folder)) {
          remove(folder);
        }
      }
    }
  }

  /** Not where the lock is missing: the folder is being made, or is somebody else's. */
  private static boolean isAbandoned(Path folder) {
    synchronized (OWN) {
      if (OWN.contains(identity(folder))) {
        return false;
      }
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
          FileLock lock = channel.tryLock()) {
        return lock != null;
      } catch (IOException | OverlappingFileLockException inUseOrSomeoneElses) {
        return false;
      }
    }
  }

  private static void remove(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path directory, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException theNextRunTriesAgain) {
      // It is private, and found by its lock.
    }
  }

  @Override
  public void close() {
    remove(path);
    try {
      lock.close();
    } catch (IOException alreadyGone) {
      // The process's end releases it.
    }
    OWN.remove(identity(path));
  }
}
