package dev.coffer.restore.record;

import dev.coffer.json.JsonStrings;
import dev.coffer.model.Column;
import dev.coffer.model.ValueKind;
import java.math.BigDecimal;
import java.util.Optional;

/** The texts by which keys are compared, across columns whose types differ a little. */
final class KeyText {
  private static final int MOST_DIGITS = 200_000;

  private KeyText() {}

  /**
   * A text that two values of comparable types share exactly when PostgreSQL's {@code =} holds
   * between them: without the blanks that {@code character(n)} pads with, without a number's
   * trailing zeros, in small letters for {@code citext}.
   */
  static String canonical(Column column, String text) {
    String type = column.type();
    if (type.startsWith("character(") || type.equals("bpchar")) {
      return text.stripTrailing();
    }
    if (isCaseless(type) || type.equals("uuid")) {
      return small(text);
    }
    if (column.kind() == ValueKind.NUMBER && !isWhole(type)) {
      return number(text);
    }
    return text;
  }

  /** ASCII's capitals as small letters, whatever the locale. */
  static String small(String text) {
    StringBuilder small = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      small.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
    }
    return small.toString();
  }

  private static String number(String text) {
    try {
      BigDecimal number = new BigDecimal(text).stripTrailingZeros();
      // No column holds a number of so many digits, and no memory the text of a longer one.
      return Math.abs((long) number.scale()) > MOST_DIGITS ? text : number.toPlainString();
    } catch (NumberFormatException infinityOrNaN) {
      return text;
    }
  }

  /**
   * How a value stands in a row; empty where its canonical text does not tell, so that every row
   * must be looked into.
   */
  static Optional<String> json(Column column, String canonical) {
    String type = column.type();
    if (column.sealed() || isCaseless(type) || type.startsWith("character(")) {
      return Optional.empty();
    }
    return switch (column.kind()) {
      case TEXT ->
          type.equals("bpchar") ? Optional.empty() : Optional.of(JsonStrings.quote(canonical));
      case NUMBER -> isWhole(type) ? Optional.of(canonical) : Optional.empty();
      case BOOLEAN -> Optional.of(canonical.equals("t") ? "true" : "false");
      case JSONB -> Optional.empty();
    };
  }

  private static boolean isWhole(String type) {
    return switch (type) {
      case "smallint", "integer", "bigint", "oid" -> true;
      default -> false;
    };
  }

  private static boolean isCaseless(String type) {
    return type.equals("citext") || type.endsWith(".citext");
  }
}
