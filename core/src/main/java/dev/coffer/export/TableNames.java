package dev.coffer.export;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The tables that a person asks for. */
final class TableNames {

  private TableNames() {}

  static void require(Path file, Collection<String> known, List<String> names) {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new CofferException(
            ErrorCode.TABLE_NOT_FOUND,
            "there is no table " + name + " in " + file,
            known.isEmpty() ? "It has none." : "It has: " + String.join(", ", known));
      }
    }
  }
}
