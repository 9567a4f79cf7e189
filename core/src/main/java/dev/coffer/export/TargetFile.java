package dev.coffer.export;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.store.LocalStore;
import dev.coffer.store.PendingFile;
import dev.coffer.store.StoreFailures;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/** An export that is one file: written aside, and made visible when it is complete. */
final class TargetFile {

  private TargetFile() {}

  static void write(Path target, Consumer<Output> content) {
    Interrupted.check();
    Path parent = checked(target);
    try (PendingFile pending = LocalStore.at(parent).create(name(target))) {
      Output output = Output.to(pending.content(), target);
      content.accept(output);
      output.flush();
      pending.publish();
    } catch (ClosedByInterruptException interrupted) {
      throw Interrupted.exception();
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, target);
    }
  }

  /** The folder that {@code target} is to be made in; neither it nor {@code target} is touched. */
  static Path checked(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(target);
    }
    Path parent = target.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new CofferException(
          ErrorCode.TARGET_MISSING,
          "the folder for the export does not exist: " + parent,
          "Create it, or name another place with --to.");
    }
    return parent;
  }

  static CofferException exists(Path target) {
    return new CofferException(
        ErrorCode.TARGET_EXISTS,
        "the target exists already: " + target,
        "An export never replaces anything. Name another place with --to.");
  }

  static String name(Path target) {
    return String.valueOf(target.getFileName());
  }
}
