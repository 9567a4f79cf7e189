package dev.coffer.profile;

/** Turns {@code customer_first_name} into {@code customerFirstName}, whatever the locale. */
final class CamelCase {

  private CamelCase() {}

  /**
   * Drops each underscore that stands between small letters or digits and capitalises what follows;
   * leaves everything else as it is. Applying it twice changes nothing more, which {@link Naming}
   * relies on.
   */
  static String of(String name) {
    StringBuilder result = new StringBuilder(name.length());
    boolean capitalise = false;
    int previous = '_';
    int at = 0;
    while (at < name.length()) {
      int current = name.codePointAt(at);
      at += Character.charCount(current);
      if (current == '_' && joins(previous) && at < name.length() && joins(name.codePointAt(at))) {
        capitalise = true;
      } else {
        result.appendCodePoint(capitalise ? Character.toUpperCase(current) : current);
        capitalise = false;
      }
      previous = current;
    }
    return result.toString();
  }

  private static boolean joins(int character) {
    return Character.isLowerCase(character) || Character.isDigit(character);
  }
}
