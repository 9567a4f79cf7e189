package dev.coffer.model;

/**
 * Quoting for SQL text (PostgreSQL manual, "Lexical Structure"). Always quotes: the result needs no
 * list of keywords and reads the same on every server version.
 */
public final class Identifiers {

  private Identifiers() {}

  /** {@code name} as a quoted identifier. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** {@code value} as a string literal that no setting of the server can misread. */
  public static String literal(String value) {
    String doubled = value.replace("'", "''");
    return value.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : " E'" + doubled.replace("\\", "\\\\") + "'";
  }
}
