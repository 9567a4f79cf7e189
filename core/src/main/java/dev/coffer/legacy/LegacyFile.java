package dev.coffer.legacy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.core.exc.JacksonIOException;

/** Reads a legacy file of either shape into a {@link LegacyVisitor}, in constant memory. */
final class LegacyFile {
  private LegacyFile() {}

  static boolean isSql(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".sql");
  }

  /**
   * Reads the whole of {@code file}.
   *
   * @throws LegacyDamage at the first place that cannot be understood
   * @throws CofferException FILE_UNREADABLE
   */
  static void read(Path file, LegacyVisitor visitor) {
    try {
      if (Files.isDirectory(file)) {
        throw new LegacyDamage(Finding.Code.NOT_A_BACKUP, "the file", "This is a folder");
      }
      long size = Files.size(file);
      if (size == 0) {
        throw new LegacyDamage(Finding.Code.EMPTY_FILE, "the file", "The file is empty");
      }
      try (InputStream source = Files.newInputStream(file)) {
        if (isSql(file)) {
          SqlMetadata.read(file, visitor);
          new SqlDump(source, visitor).read();
        } else {
          new LegacyJson(source, size, visitor).read();
        }
      }
    } catch (JacksonIOException failure) {
      throw unreadable(file, failure);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  static CofferException unreadable(Path file, Exception failure) {
    String reason =
        failure instanceof FileSystemException system && system.getReason() != null
            ? ": " + system.getReason()
            : "";
    return new CofferException(
        ErrorCode.FILE_UNREADABLE,
        file + " cannot be read" + reason,
        "Check that it exists, and its owner and permissions.",
        failure);
  }
}
