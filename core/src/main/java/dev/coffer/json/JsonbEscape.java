package dev.coffer.json;

/**
 * A jsonb value that could be taken for SQL's null, or for an escaped one, stands inside {@code
 * {"$jsonb": …}} (docs/FORMAT.md, "Rows").
 */
final class JsonbEscape {
  private static final String PREFIX = "{\"$jsonb\": ";

  private JsonbEscape() {}

  /** PostgreSQL's text for what stands in the document. */
  static String remove(String json) {
    return json.startsWith(PREFIX) ? json.substring(PREFIX.length(), json.length() - 1) : json;
  }
}
