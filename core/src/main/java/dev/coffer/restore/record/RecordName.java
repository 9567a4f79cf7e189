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
   * Reads {@code TABLE/ID}. A slash within double quotes is part of the table's name: {@code
   * "a/b"/1}.
   *
   * @throws CofferException {@code USAGE}
   */
  static RecordName parse(String text) {
    int slash = slash(text);
    if (slash <= 0 || slash == text.length() - 1) {
      throw new CofferException(
          ErrorCode.USAGE,
          "a record is named TABLE/ID",
          "For example: --record sales/cm0a1b2c3000000x1y2z3a4b5");
    }
    return new ById(unquoted(text.substring(0, slash)), text.substring(slash + 1));
  }

  /** The first slash outside of quotes; the very first where the quotes do not match. */
  private static int slash(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '/' && !quoted) {
        return i;
      }
    }
    return text.indexOf('/');
  }

  private static String unquoted(String table) {
    String inner = table.length() > 2 ? table.substring(1, table.length() - 1) : "";
    boolean whole = table.startsWith("\"") && table.endsWith("\"") && inner.contains("/");
    return whole ? inner.replace("\"\"", "\"") : table;
  }
}
