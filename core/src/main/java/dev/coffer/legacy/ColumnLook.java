package dev.coffer.legacy;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What the values of a column look like. */
final class ColumnLook {
  private static final String MASKED = "\"[ENCRYPTED]\"";
  private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,200}(\\.[0-9]{1,200})?");

  private final Predicate<String> secret;
  private long values;
  private boolean texts;
  private boolean numbers;
  private boolean booleans;
  private boolean objects;
  private boolean masked;
  private boolean secretive;

  ColumnLook(Predicate<String> secret) {
    this.secret = secret;
  }

  /** Looks at one more value. */
  void add(String json) {
    switch (json.charAt(0)) {
      case 'n' -> {
        return;
      }
      case '{' -> {
        objects = true;
        secretive = secretive || holdsSecret(json);
      }
      case '"' -> {
        texts = true;
        masked |= json.equals(MASKED);
      }
      case 't', 'f' -> booleans = true;
      default -> {
        boolean digits = DIGITS.matcher(json).matches();
        numbers |= digits;
        texts |= !digits;
      }
    }
    values++;
  }

  private boolean holdsSecret(String json) {
    try (JsonParser parser = LegacyJson.parser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.PROPERTY_NAME && secret.test(parser.currentName())) {
          return true;
        }
      }
    }
    return false;
  }

  LegacyLayout.Column column(String key, long rows) {
    return new LegacyLayout.Column(key, form(), masked, values == rows, secretive);
  }

  private LegacyLayout.Form form() {
    if (objects) {
      return LegacyLayout.Form.JSON;
    }
    if (numbers && !texts && !booleans) {
      return LegacyLayout.Form.NUMBER;
    }
    return booleans && !texts && !numbers ? LegacyLayout.Form.BOOLEAN : LegacyLayout.Form.TEXT;
  }
}
