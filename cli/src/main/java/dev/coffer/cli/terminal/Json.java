package dev.coffer.cli.terminal;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints one JSON object to standard output, for programs. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** Begins an object whose members keep their order. */
  public static Map<String, Object> object(boolean success) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("success", success);
    return object;
  }

  /**
   * Prints an object.
   *
   * @param object values are String, Boolean, Number, List or Map
   */
  public static void print(Session session, Map<String, Object> object) {
    session.out().println(MAPPER.writeValueAsString(object));
  }
}
