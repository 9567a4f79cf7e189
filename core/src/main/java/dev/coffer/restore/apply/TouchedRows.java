package dev.coffer.restore.apply;

import dev.coffer.model.Table;
import java.io.IOException;
import java.util.Optional;

/** Takes every row that was touched, with what it was and what it is now. */
@FunctionalInterface
public interface TouchedRows {

  /**
   * Takes the next row.
   *
   * @param key a JSON array
   * @param before SHA-256 of the line that the row had; empty where there was none
   * @param after SHA-256 of the line that it has; empty where there is none
   */
  void row(Table table, byte[] key, Optional<byte[]> before, Optional<byte[]> after)
      throws IOException;
}
