package dev.coffer.legacy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Small pieces of JSON as objects: String, Long, BigDecimal, Boolean, List, Map. All that one
 * reader reads counts towards one limit.
 */
final class JsonTree {
  private static final int MOST_VALUES = 100_000;

  private final JsonParser parser;
  private final Supplier<LegacyDamage> tooLarge;
  private int values;
  private long characters;

  JsonTree(JsonParser parser, Supplier<LegacyDamage> tooLarge) {
    this.parser = parser;
    this.tooLarge = tooLarge;
  }

  /** The map that {@code value} is; empty when it is none. */
  static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> found) {
      found.forEach((name, member) -> map.put(name.toString(), member));
    }
    return map;
  }

  /** The value at the parser's current token; null reads as an empty text, and not in maps. */
  Object value() {
    if (++values > MOST_VALUES) {
      throw tooLarge.get();
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getString());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> "";
      default -> counted(parser.getString());
    };
  }

  private String counted(String text) {
    characters += text.length();
    if (characters > LegacyRow.MOST_CHARACTERS) {
      throw tooLarge.get();
    }
    return text;
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = counted(parser.currentName());
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        members.put(name, value());
      }
    }
    return members;
  }

  private List<Object> array() {
    List<Object> members = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      members.add(value());
    }
    return members;
  }

  private static Object number(String digits) {
    BigDecimal number;
    try {
      number = new BigDecimal(digits);
    } catch (NumberFormatException exponentTooLarge) {
      return digits;
    }
    // Only short numbers become integers: 1e999999999 is one, of a gigabyte.
    return digits.length() < 19 && digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'))
        ? number.longValueExact()
        : number;
  }
}
