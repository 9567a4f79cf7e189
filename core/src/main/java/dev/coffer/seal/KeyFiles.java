package dev.coffer.seal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and creates small key files; overwrites none. */
final class KeyFiles {
  private static final int MOST_BYTES = 1 << 20;

  private KeyFiles() {}

  static String read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new CofferException(
            ErrorCode.KEY_INVALID, file + " is too large to be a key file", "");
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException missing) {
      throw new CofferException(ErrorCode.KEY_MISSING, "There is no " + file, "", missing);
    } catch (IOException unreadable) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          file + " cannot be read" + reason(unreadable),
          "Check its owner and permissions.",
          unreadable);
    }
  }

  /** As {@link #read}, of a file that its owner alone may read. */
  static String readPrivate(Path file) {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && Files.exists(file)) {
      try {
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        String text = PosixFilePermissions.toString(permissions);
        if (!text.endsWith("------")) {
          throw new CofferException(
              ErrorCode.PRIVATE_FILE_EXPOSED,
              file + " is open to others on this machine (" + text + ")",
              "Close it: chmod 600 '" + file + "'. If somebody may have read it, make a new key.");
        }
      } catch (IOException unreadable) {
        throw new CofferException(
            ErrorCode.FILE_UNREADABLE, file + " cannot be read" + reason(unreadable), "");
      }
    }
    return read(file);
  }

  /**
   * Creates {@code file} with all of its content, or not at all: written aside, forced to the disk,
   * then linked under its name. A link, unlike a rename, fails when another process was faster.
   *
   * @return whether it was created; false when there is one already
   */
  static boolean create(Path file, String text, String permissions) {
    @Nullable Path aside = null;
    try {
      Path folder = folder(file);
      aside = Files.createTempFile(folder, "." + file.getFileName(), ".partial", with(permissions));
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.createLink(file, aside);
      return true;
    } catch (FileAlreadyExistsException faster) {
      return false;
    } catch (IOException | UnsupportedOperationException unwritable) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          file + " cannot be written" + reason(unwritable),
          "COFFER_HOME names another folder for Coffer's keys and state.",
          unwritable);
    } finally {
      if (aside != null) {
        remove(aside);
      }
    }
  }

  /** The folder of {@code file}, made for its owner alone where it is missing. */
  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("no folder");
    }
    return Files.isDirectory(folder) ? folder : Files.createDirectories(folder, with("rwx------"));
  }

  private static FileAttribute<Set<PosixFilePermission>> with(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /** Removes what lay aside, and makes the name of what was linked last through a power cut. */
  private static void remove(Path aside) {
    try {
      Files.deleteIfExists(aside);
      Path folder = aside.getParent();
      if (folder != null) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    } catch (IOException notHere) {
      // Some file systems cannot force a folder; the key itself is on the disk.
    }
  }

  private static String reason(Exception failure) {
    return failure instanceof FileSystemException system && system.getReason() != null
        ? ": " + system.getReason()
        : "";
  }
}
