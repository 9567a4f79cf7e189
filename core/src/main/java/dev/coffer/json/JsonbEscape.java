package dev.coffer.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A jsonb value that could be taken for SQL's null, or for an escaped one, stands inside {@code
 * {"$jsonb": …}} (docs/FORMAT.md, "Rows").
 */
final class JsonbEscape {
  private static final String PREFIX = "{\"$jsonb\": ";
  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

  private JsonbEscape() {}

  /** PostgreSQL's text for what stands in the document. */
  static String remove(String json) {
    return json.startsWith(PREFIX) ? json.substring(PREFIX.length(), json.length() - 1) : json;
  }

  /** How many bytes stand before PostgreSQL's text; if any do, one stands after it. */
  static int skippedBefore(byte[] bytes, int start, int end) {
    int length = PREFIX_BYTES.length;
    return end - start > length
            && Arrays.equals(bytes, start, start + length, PREFIX_BYTES, 0, length)
        ? length
        : 0;
  }
}
