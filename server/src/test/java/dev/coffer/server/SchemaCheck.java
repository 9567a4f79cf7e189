package dev.coffer.server;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Holds answers against the schemas of a description: required members, types, forms, enums. */
final class SchemaCheck {
  private final JsonNode description;
  private int checked;

  SchemaCheck(JsonNode description) {
    this.description = description;
  }

  int checked() {
    return checked;
  }

  /** Fails where an answer to a call is not one that the description foresees. */
  void that(String path, String method, Visitor.Answer answer) {
    JsonNode response =
        description
            .at("/paths")
            .path(path)
            .path(method)
            .path("responses")
            .path(String.valueOf(answer.status()));
    String kind = answer.header("Content-Type").replaceFirst(";.*", "");
    JsonNode schema = response.path("content").path(kind).path("schema");
    String call = method.toUpperCase(Locale.ROOT) + " " + path + " " + answer.status();
    if (schema.isMissingNode()) {
      throw new AssertionError(call + " " + kind + " is not described: " + answer.body());
    }
    List<String> wrong = new ArrayList<>();
    check(schema, answer.json(), "", wrong);
    if (!wrong.isEmpty()) {
      throw new AssertionError(call + ": " + wrong + "\n" + answer.body());
    }
    checked++;
  }

  /** What is wrong with a body, by its schema. */
  List<String> wrong(JsonNode schema, JsonNode value) {
    List<String> wrong = new ArrayList<>();
    check(schema, value, "", wrong);
    return wrong;
  }

  private void check(JsonNode schema, JsonNode value, String place, List<String> wrong) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").stringValue().substring("#".length());
      check(description.at(name), value, place, wrong);
      return;
    }
    if (schema.has("oneOf")) {
      boolean fits =
          schema
              .get("oneOf")
              .valueStream()
              .anyMatch(one -> {
                List<String> inner = new ArrayList<>();
                check(one, value, place, inner);
                return inner.isEmpty();
              });
      if (!fits) {
        wrong.add(place + " is none of what it may be");
      }
      return;
    }
    if (!fitsType(schema.path("type"), value)) {
      wrong.add(place + " is no " + schema.path("type"));
      return;
    }
    if (value.isNull()) {
      return;
    }
    if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
      wrong.add(place + " is none of " + schema.get("enum"));
    }
    if (value.isString() && !fitsForm(schema.path("format").asString(""), value.stringValue())) {
      wrong.add(place + " is no " + schema.get("format"));
    }
    schema
        .path("required")
        .valueStream()
        .filter(name -> !value.has(name.stringValue()))
        .forEach(name -> wrong.add(place + "/" + name.stringValue() + " lacks"));
    value
        .propertyStream()
        .forEach(member -> {
          JsonNode told = schema.path("properties").path(member.getKey());
          JsonNode more = schema.path("additionalProperties");
          if (!told.isMissingNode()) {
            check(told, member.getValue(), place + "/" + member.getKey(), wrong);
          } else if (more.isObject()) {
            check(more, member.getValue(), place + "/" + member.getKey(), wrong);
          }
        });
    if (value.isArray() && schema.has("items")) {
      value.valueStream().forEach(item -> check(schema.get("items"), item, place + "[]", wrong));
    }
  }

  private static boolean fitsType(JsonNode type, JsonNode value) {
    if (type.isMissingNode()) {
      return true;
    }
    return type.isArray()
        ? type.valueStream().anyMatch(one -> isOf(one.stringValue(), value))
        : isOf(type.stringValue(), value);
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new AssertionError("a type that no answer has: " + type);
    };
  }

  private static boolean fitsForm(String form, String text) {
    try {
      return switch (form) {
        case "date-time" -> !Instant.parse(text).equals(Instant.MIN);
        case "uuid" -> UUID.fromString(text).toString().equals(text);
        default -> true;
      };
    } catch (RuntimeException wrong) {
      return false;
    }
  }
}
