package dev.coffer.server.browse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A key in one text: its value where that is one, else a JSON array. */
final class KeyText {

  private KeyText() {}

  static String of(List<String> key) {
    boolean plain = key.size() == 1 && !key.getFirst().isEmpty() && !key.getFirst().startsWith("[");
    return plain ? key.getFirst() : array(key);
  }

  static String array(List<String> key) {
    return JsonMapper.shared().writeValueAsString(key);
  }

  /** The key's values; empty where the text is none. */
  static Optional<List<String>> read(String text) {
    if (!text.startsWith("[")) {
      return Optional.of(List.of(text));
    }
    try {
      List<String> key = new ArrayList<>();
      for (JsonNode value : JsonMapper.shared().readTree(text)) {
        key.add(value.isBoolean() ? (value.booleanValue() ? "t" : "f") : value.asString());
      }
      return Optional.of(key);
    } catch (JacksonException noArray) {
      return Optional.empty();
    }
  }
}
