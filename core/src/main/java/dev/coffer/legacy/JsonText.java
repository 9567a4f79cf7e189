package dev.coffer.legacy;

import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes JSON as {@code JSON.stringify} does (ECMAScript, "JSON.stringify" and "QuoteJSONString"):
 * no spaces, numbers as they stand in the file, and only those characters escaped that must be,
 * unpaired surrogates among them.
 */
final class JsonText {
  private final JsonParser parser;
  private final StringBuilder text;
  private final Supplier<? extends RuntimeException> tooLarge;

  JsonText(JsonParser parser, StringBuilder text, Supplier<? extends RuntimeException> tooLarge) {
    this.parser = parser;
    this.text = text;
    this.tooLarge = tooLarge;
  }

  /**
   * Writes the value at the parser's current token.
   *
   * @return whether it is an object with a member {@code id}
   */
  boolean value() {
    if (text.length() > LegacyRow.MOST_CHARACTERS) {
      throw tooLarge.get();
    }
    boolean hasId = false;
    switch (parser.currentToken()) {
      case START_OBJECT -> hasId = object();
      case START_ARRAY -> array();
      case VALUE_STRING -> quote(text, parser.getString());
      default -> text.append(parser.getString());
    }
    return hasId;
  }

  private boolean object() {
    boolean hasId = false;
    char before = '{';
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      text.append(before);
      before = ',';
      hasId |= parser.currentName().equals("id");
      quote(text, parser.currentName());
      text.append(':');
      parser.nextToken();
      value();
    }
    text.append(before == '{' ? "{}" : "}");
    return hasId;
  }

  private void array() {
    char before = '[';
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      text.append(before);
      before = ',';
      value();
    }
    text.append(before == '[' ? "[]" : "]");
  }

  /** Appends {@code value} as a JSON string. */
  static void quote(StringBuilder text, String value) {
    text.append('"');
    for (int at = 0; at < value.length(); at++) {
      char unit = value.charAt(at);
      switch (unit) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (unit < ' ' || isUnpaired(value, at)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
          } else {
            text.append(unit);
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isUnpaired(String value, int at) {
    char unit = value.charAt(at);
    if (Character.isHighSurrogate(unit)) {
      return at + 1 == value.length() || !Character.isLowSurrogate(value.charAt(at + 1));
    }
    return Character.isLowSurrogate(unit)
        && (at == 0 || !Character.isHighSurrogate(value.charAt(at - 1)));
  }
}
