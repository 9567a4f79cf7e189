package dev.coffer.loading;

/** Comments of an SQL script, which end with the line. */
public final class Comments {

  private Comments() {}

  /** {@code text} as one comment line; control characters in it cannot begin another. */
  public static String line(String text) {
    return "-- " + oneLine(text) + "\n";
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return line.toString();
  }
}
