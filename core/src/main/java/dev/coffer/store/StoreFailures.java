package dev.coffer.store;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a file system's failures to a person. */
public final class StoreFailures {

  /** ENOSPC, EDQUOT, and EFBIG of a process's own limit. */
  private static final List<String> FULL =
      List.of("no space left", "quota exceeded", "file too large");

  private StoreFailures() {}

  /** The exception that tells why {@code file} cannot be written. */
  public static CofferException translate(IOException failure, Path file) {
    if (failure instanceof FileAlreadyExistsException) {
      return exists(file);
    }
    if (failure instanceof AccessDeniedException) {
      return unwritable(file, failure);
    }
    if (failure instanceof NoSuchFileException) {
      return new CofferException(
          ErrorCode.TARGET_MISSING,
          "the folder went away while the backup was written: " + file.getParent(),
          "Check what else uses the folder, then run it again.",
          failure);
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (FULL.stream().anyMatch(message::contains)) {
      return new CofferException(
          ErrorCode.TARGET_FULL,
          "no space is left for " + file,
          "Make room, or name another folder with --to. Nothing of this run is left behind.",
          failure);
    }
    return unwritable(file, failure);
  }

  static CofferException exists(Path file) {
    return new CofferException(
        ErrorCode.TARGET_EXISTS,
        "the file exists already: " + file,
        "Coffer never replaces a backup. Run it again, or name another folder with --to.");
  }

  static CofferException unwritable(Path file, @Nullable IOException failure) {
    return new CofferException(
        ErrorCode.TARGET_UNWRITABLE,
        "cannot write to " + file,
        "Check the folder's owner and permissions, or name another with --to.",
        failure);
  }
}
