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
   * A text that two values share exactly when PostgreSQL's {@code =} holds between them, as far as
   * texts can tell: without the blanks that {@code character(n)} pads with, without a number's
   * trailing zeros, in small ASCII letters for {@code citext}.
   *
   * <p>This is true of values of the types and pairs of types that {@link TextEquality} lists, and
   * of {@code text} under a deterministic collation. Of all others, such as {@code citext}, {@code
   * interval}, {@code jsonb}, ranges, or {@code date} beside {@code timestamp}, two equal values
   * may have texts that differ, and the server must be asked: {@link Spelling}. Without a server
   * the values are found where they are spelt alike.
   */
  static String canonical(Column column, String text) {
    String type = column.type();
    if (isPadded(column)) {
      return withoutBlanks(text);
    }
    if (isCaseless(type) || type.equals("uuid")) {
      return small(text);
    }
    if (column.kind() == ValueKind.NUMBER && !isWhole(type)) {
      return number(text);
    }
    return text;
  }

  /** Whether trailing blanks do not count. */
  static boolean isPadded(Column column) {
    return column.type().startsWith("character(") || column.type().equals("bpchar");
  }

  private static String withoutBlanks(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
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
