package dev.coffer.restore.record;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;

/** How a user names a record. */
public sealed interface RecordName {

  /**
   * {@code sales/cm0a…}: by primary key or, where there is none, any unique key.
   *
   * @param table its name in the backup or in the catalog
   * @param id the key's text; several values are parted by commas or stand in a JSON array
   */
  record ById(String table, String id) implements RecordName {}

  /** {@code --customer "customer42@…"}: by a word of the profile. */
  record ByWord(String word, String value) implements RecordName {}

  /**
   * Reads {@code TABLE/ID}.
   *
   * @throws CofferException {@code USAGE}
   */
  static RecordName parse(String text) {
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      throw new CofferException(
          ErrorCode.USAGE,
          "a record is named TABLE/ID",
          "For example: --record sales/cm0a1b2c3000000x1y2z3a4b5");
    }
    return new ById(text.substring(0, slash), text.substring(slash + 1));
  }
}
