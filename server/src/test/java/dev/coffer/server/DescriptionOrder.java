package dev.coffer.server;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds to a description what holds of all calls, so that no call has to say it: how it is refused,
 * and what an answer always has. Sorts it, so that two of the same code are equal.
 */
final class DescriptionOrder {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final Map<String, String> REFUSALS =
      Map.ofEntries(
          Map.entry("400", "A field, a parameter or the body is not as it has to be"),
          Map.entry("401", "No token, or one that is wrong, expired or revoked"),
          Map.entry("403", "The token or the account may not do that"),
          Map.entry("404", "There is no such thing"),
          Map.entry("409", "The state of things does not allow it"),
          Map.entry("413", "The body is larger than 1 MB"),
          Map.entry("415", "The body is not JSON"),
          Map.entry("422", "The idempotency key was used for another request"),
          Map.entry("429", "Too many jobs are waiting"),
          Map.entry("503", "The protected database, or Coffer's own state, cannot be used now"));

  private final ObjectNode description;
  private final Map<String, Set<String>> optionals;

  /**
   * Of a description as the tool makes it.
   *
   * @param optionals the members that may be {@code null}, by schema
   */
  DescriptionOrder(JsonNode raw, Map<String, Set<String>> optionals) {
    this.description = (ObjectNode) raw.deepCopy();
    this.optionals = optionals;
  }

  String text() {
    head();
    description
        .get("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(
                    call -> complete(path.getKey(), call.getKey(), (ObjectNode) call.getValue())));
    requireAnswers();
    nulls();
    examples();
    return JSON.writeValueAsString(sorted(description)) + "\n";
  }

  /** Whole bodies, as they are sent and answered. */
  private void examples() {
    JsonNode examples = Examples.read();
    description
        .get("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(call -> {
                  JsonNode known = examples.path(call.getKey() + " " + path.getKey());
                  example(call.getValue().path("requestBody"), known.path("request"));
                  call.getValue()
                      .get("responses")
                      .propertyStream()
                      .forEach(answer -> example(answer.getValue(), known.path(answer.getKey())));
                }));
  }

  private static void example(JsonNode body, JsonNode example) {
    if (!example.isMissingNode()) {
      body.path("content")
          .propertyStream()
          .forEach(kind -> ((ObjectNode) kind.getValue()).set("example", example));
    }
  }

  private void head() {
    ObjectNode info = JSON.createObjectNode();
    info.put("title", "Coffer");
    info.put("version", "1");
    info.put(
        "description",
        "Backups that are proven to restore. Conventions, and what each call needs: docs/api.md.");
    description.set("info", info);
    description.set("servers", JSON.readTree("[{\"url\": \"/\"}]"));
    description.set("security", JSON.readTree("[{\"token\": []}]"));
    ObjectNode components = (ObjectNode) description.get("components");
    components.set(
        "securitySchemes",
        JSON.readTree(
            "{\"token\": {\"type\": \"http\", \"scheme\": \"bearer\", \"bearerFormat\":"
                + " \"coffer_<id>_<secret>\"}}"));
    ((ObjectNode) components.get("schemas"))
        .set(
            "Problem",
            JSON.readTree(
                """
                {"type": "object", "description": "Why a request has no result (RFC 9457)",
                 "properties": {
                   "type": {"type": "string", "example": "about:blank"},
                   "title": {"type": "string", "example": "Not Found"},
                   "status": {"type": "integer", "example": 404},
                   "detail": {"type": "string", "example": "there is no backup of that name"},
                   "success": {"type": "boolean", "example": false},
                   "code": {"type": "string", "example": "BACKUP_NOT_FOUND"},
                   "hint": {"type": "string", "example": "The list shows what there is."}},
                 "required": ["type", "title", "status", "detail", "success", "code", "hint"]}\
                """));
    components.set(
        "parameters",
        JSON.readTree(
            """
            {"IdempotencyKey": {"name": "Idempotency-Key", "in": "header", "required": false,
             "description": "The same key with the same request is done once, for 24 hours",
             "schema": {"type": "string", "minLength": 1, "maxLength": 200},
             "example": "8e03978e-40d5-43e8-bc93-6894a57f9324"}}\
            """));
  }

  private void complete(String path, String method, ObjectNode call) {
    boolean open = call.path("security").isArray() && call.get("security").isEmpty();
    boolean body = call.has("requestBody");
    boolean post = method.equals("post");
    ObjectNode responses = (ObjectNode) call.get("responses");
    Set<String> refusals = new TreeSet<>();
    boolean health = path.startsWith("/health/");
    if (!open) {
      refusals.addAll(List.of("401", "403", "503"));
    }
    if (body || call.path("parameters").size() > 0 || post) {
      refusals.add("400");
    }
    if (path.contains("{")) {
      refusals.add("404");
    }
    if (body) {
      refusals.addAll(List.of("413", "415"));
    }
    if (post) {
      refusals.addAll(List.of("409", "422"));
      if (!call.has("parameters")) {
        call.set("parameters", JSON.createArrayNode());
      }
      ((ArrayNode) call.get("parameters"))
          .addObject()
          .put("$ref", "#/components/parameters/IdempotencyKey");
    }
    if (responses.has("202") || (post && path.startsWith("/api/admin/"))) {
      refusals.add("429");
    }
    refusals.forEach(status -> {
      if (!responses.has(status)) {
        responses.putObject(status).put("description", REFUSALS.get(status));
      }
    });
    responses
        .propertyStream()
        .toList()
        .forEach(response -> {
          // Whether it is well or not, it says so in the same form.
          if (!health) {
            content(response.getKey(), (ObjectNode) response.getValue());
          }
        });
    if (responses.has("202") || responses.has("201")) {
      Stream.of("201", "202")
          .filter(responses::has)
          .forEach(status ->
              ((ObjectNode) responses.get(status))
                  .set(
                      "headers",
                      JSON.readTree("{\"Location\": {\"schema\": {\"type\": \"string\"}}}")));
    }
  }

  private static void content(String status, ObjectNode response) {
    if (status.equals("204") || status.equals("304") || status.equals("416")) {
      response.remove("content");
    } else if (status.compareTo("400") >= 0) {
      response.set(
          "content",
          JSON.readTree(
              "{\"application/problem+json\": {\"schema\": {\"$ref\":"
                  + " \"#/components/schemas/Problem\"}}}"));
    } else if (response.path("content").has("*/*")) {
      ObjectNode kinds = (ObjectNode) response.get("content");
      kinds.set("application/json", kinds.remove("*/*"));
    }
  }

  /** An answer has all of its members; what is sent may leave some out. */
  private void requireAnswers() {
    Set<String> answers = new HashSet<>();
    description.get("paths").findValues("responses").forEach(found -> collect(found, answers));
    answers.forEach(name -> {
      ObjectNode schema = (ObjectNode) description.at("/components/schemas/" + name);
      if (schema.has("properties")) {
        ArrayNode required = schema.putArray("required");
        new TreeSet<>(schema.get("properties").propertyNames()).forEach(required::add);
      }
    });
  }

  private void collect(JsonNode node, Set<String> names) {
    node.findValues("$ref")
        .forEach(reference -> {
          String name = reference.stringValue().replaceFirst(".*/", "");
          if (names.add(name)) {
            collect(description.at("/components/schemas/" + name), names);
          }
        });
  }

  private void nulls() {
    description
        .at("/components/schemas")
        .propertyStream()
        .forEach(schema -> {
          if (schema.getValue().path("properties") instanceof ObjectNode properties) {
            optionals.getOrDefault(schema.getKey(), Set.of()).stream()
                .filter(properties::has)
                .forEach(name -> properties.set(name, orNull((ObjectNode) properties.get(name))));
          }
        });
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (schema.has("type") && schema.get("type").isString() && !schema.has("enum")) {
      ArrayNode types = JSON.createArrayNode();
      types.add(schema.get("type"));
      types.add("null");
      schema.set("type", types);
      return schema;
    }
    ObjectNode either = JSON.createObjectNode();
    either.putArray("oneOf").add(schema).addObject().put("type", "null");
    return either;
  }

  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Map<String, JsonNode> members = new LinkedHashMap<>();
      object.propertyNames().stream()
          .sorted()
          .forEach(name -> members.put(name, sorted(object.get(name))));
      ObjectNode copy = JSON.createObjectNode();
      copy.setAll(members);
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = JSON.createArrayNode();
      array.forEach(item -> copy.add(sorted(item)));
      return copy;
    }
    return node;
  }
}
