package dev.coffer.restore.legacy;

import dev.coffer.bytes.ByteSink;
import dev.coffer.json.CopyText;
import dev.coffer.model.Column;
import dev.coffer.model.ValueKind;
import java.util.Optional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Values of legacy files, JSON texts, as input for columns. */
final class JsonValues {
  /** What earlier systems put in a secret's place. */
  static final String HIDDEN = "\"[ENCRYPTED]\"";

  private static final String NULL = "null";

  /** Keeps the digits of numbers. */
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private JsonValues() {}

  static boolean isJson(String type) {
    return type.equals("json") || type.equals("jsonb");
  }

  static boolean isArray(String type) {
    return type.endsWith("[]");
  }

  /** Appends {@code json} as COPY's text for the column, or says what is wrong with it. */
  static Optional<String> copyText(String json, Column column, ByteSink target) {
    if (json.equals(NULL) && !(column.notNull() && column.kind() == ValueKind.JSONB)) {
      target.put("\\N");
      return column.notNull() ? Optional.of("null, which the column does not take") : none();
    }
    if (column.kind() == ValueKind.JSONB || isJson(column.type())) {
      CopyText.encode(json, target);
      return none();
    }
    char first = json.charAt(0);
    if (first == '[' && isArray(column.type())) {
      StringBuilder literal = new StringBuilder();
      boolean sound = listed(json, literal);
      CopyText.encode(literal.toString(), target);
      return sound ? none() : Optional.of("a list that is no " + column.type());
    }
    if (first == '{' || first == '[') {
      return Optional.of("no single value, which " + column.type() + " is");
    }
    String text = first == '"' ? JsonMapper.shared().readValue(json, String.class) : json;
    if (!isStorable(text)) {
      return Optional.of("a text with a character that no database stores");
    }
    if (column.type().equals("bytea") && !text.startsWith("\\x")) {
      return Optional.of("bytes in a form that cannot be told from others");
    }
    CopyText.encode(Instants.inType(column.type(), text), target);
    return none();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private static boolean listed(String json, StringBuilder literal) {
    try {
      return array(EXACT.readTree(json), literal);
    } catch (NumberFormatException beyondBigDecimal) {
      return false;
    }
  }

  /** PostgreSQL manual, "Arrays", Array Value Input. */
  private static boolean array(JsonNode list, StringBuilder literal) {
    char before = '{';
    boolean sound = true;
    for (JsonNode element : list) {
      literal.append(before);
      before = ',';
      if (element.isArray()) {
        sound &= array(element, literal);
      } else if (element.isNull()) {
        literal.append("NULL");
      } else {
        String text = element.isString() ? element.stringValue() : element.toString();
        sound &= isStorable(text) && !element.isObject();
        literal.append('"');
        literal.append(text.replace("\\", "\\\\").replace("\"", "\\\""));
        literal.append('"');
      }
    }
    literal.append(before == '{' ? "{}" : "}");
    return sound;
  }

  /** Not with the character zero, nor with half of a surrogate pair, which UTF-8 cannot tell. */
  private static boolean isStorable(String text) {
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (unit == 0) {
        return false;
      }
      if (Character.isSurrogate(unit)) {
        boolean pair =
            Character.isHighSurrogate(unit)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (!pair) {
          return false;
        }
        at++;
      }
    }
    return true;
  }
}
