package dev.coffer.archive;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a document that are small enough to be held as a tree: header and metadata. */
final class Json {
  /** How the fact ends when a key stands twice. */
  static final String TWICE = " has a key twice";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();
  private static final JsonMapper MAPPER =
      JsonMapper.builder(FACTORY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static byte[] write(Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      content.accept(json);
    }
    return bytes.toByteArray();
  }

  static String text(Consumer<JsonGenerator> content) {
    return new String(write(content), StandardCharsets.UTF_8);
  }

  /** Parses one JSON object; a key that stands twice is an error. */
  static JsonNode read(byte[] text, String what) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")) {
        throw damaged(what + TWICE);
      }
      if (e instanceof StreamConstraintsException) {
        throw damaged(what + " is nested too deeply, or has a number that is too long");
      }
      throw damaged(what + " is not valid JSON" + place(e.getLocation()));
    } catch (NumberFormatException beyondBigDecimal) {
      throw damaged(what + " has a number that is too large");
    }
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null ? "" : " at byte " + location.getByteOffset();
  }

  /**
   * What {@code reader} makes of a tree.
   *
   * @throws CofferException {@code BACKUP_DAMAGED} where a member is not of the kind it must be
   */
  static <T> T members(String what, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (JacksonException otherKind) {
      throw damaged(what + " has a member that is not what it must be");
    }
  }

  static CofferException damaged(String fact) {
    return new CofferException(
        ErrorCode.BACKUP_DAMAGED, fact, "Use another copy of the file, or another backup.");
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
    List<T> list = new ArrayList<>();
    array.forEach(node -> list.add(element.apply(node)));
    return list;
  }

  static List<String> strings(JsonNode array) {
    return list(array, JsonNode::asString);
  }

  static void strings(JsonGenerator json, String name, List<String> values) {
    json.writeName(name);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
  }

  static <T> void array(JsonGenerator json, String name, List<T> values, Consumer<T> element) {
    json.writeName(name);
    json.writeStartArray();
    for (T value : values) {
      json.writeStartObject();
      element.accept(value);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A String, Long, Integer, BigDecimal, Boolean, List or Map. */
  static void value(JsonGenerator json, Object value) {
    switch (value) {
      case String text -> json.writeString(text);
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      case Boolean truth -> json.writeBoolean(truth);
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> value(json, element));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((name, member) -> {
          json.writeName(name.toString());
          value(json, member);
        });
        json.writeEndObject();
      }
      default -> throw new IllegalArgumentException(value.getClass().getName());
    }
  }

  /** The twin of {@link #value}. */
  static Object value(JsonNode node) {
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      node.properties().forEach(member -> map.put(member.getKey(), value(member.getValue())));
      return map;
    }
    if (node.isArray()) {
      return list(node, Json::value);
    }
    if (node.isBoolean()) {
      return node.asBoolean();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.asLong();
    }
    return node.isNumber() ? node.decimalValue() : node.asString("");
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(JsonNode node) {
    return node.isObject() ? (Map<String, Object>) value(node) : Map.of();
  }

  /** The members that a document of this version must have. */
  static void require(JsonNode node, String what, String... names) {
    Stream.of(names)
        .filter(name -> !node.has(name))
        .findFirst()
        .ifPresent(name -> {
          throw damaged(what + " has no member " + name);
        });
  }
}
