package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of the interface is complete and true. */
@ExtendWith(SharedSite.class)
class OpenApiTest {
  private static final Path FILE = Path.of("src/main/resources/dev/coffer/server/openapi.json");
  private static final boolean RENEW = "renew".equals(System.getProperty("coffer.openapi"));

  private final Site site;

  OpenApiTest(Site site) {
    this.site = site;
  }

  @Test
  void itIsMadeFromTheCode() throws IOException {
    Description made = Description.make();
    if (RENEW) {
      Files.writeString(FILE, made.text());
    }
    assertThat(Files.readString(FILE))
        .as("openapi.json is out of date: run scripts/renew-openapi and commit what it writes")
        .isEqualTo(made.text());
    assertThat(made.calls()).as("every call is in it").isEqualTo(made.mappings());
  }

  @Test
  void theServerHandsItOutToEverybody() throws IOException {
    Visitor.Answer answer = site.visitor().get("/api/v1/openapi.json");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.json().get("openapi").stringValue()).startsWith("3.1");
    if (!RENEW) {
      assertThat(answer.body()).isEqualTo(Files.readString(FILE));
    }
  }

  @Test
  void everyCallSaysWhatItDoesAndHowItFails() throws IOException {
    List<String> lacking = new ArrayList<>();
    String table = Files.readString(Path.of("../docs/api.md"));
    description()
        .get("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(call -> {
                  String name =
                      call.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                  JsonNode told = call.getValue();
                  if (told.path("summary").asString("").isBlank()) {
                    lacking.add(name + ": a summary");
                  }
                  if (!told.has("tags")) {
                    lacking.add(name + ": a tag");
                  }
                  if (!table.contains("`" + name + "`")) {
                    lacking.add(name + ": a line in docs/api.md");
                  }
                  boolean open = told.path("security").isArray() && told.get("security").isEmpty();
                  for (String status : List.of("401", "403")) {
                    if (!open && !told.get("responses").has(status)) {
                      lacking.add(name + ": " + status);
                    }
                  }
                  told.get("responses")
                      .propertyStream()
                      .filter(response -> response.getKey().startsWith("2"))
                      .filter(response -> !response.getKey().equals("204"))
                      .filter(response -> !described(response.getValue()))
                      .forEach(
                          response -> lacking.add(name + ": what " + response.getKey() + " holds"));
                }));
    assertThat(lacking).isEmpty();
  }

  @Test
  void everyBodyAndTheMainAnswersHaveAnExampleThatFits() throws IOException {
    JsonNode description = description();
    SchemaCheck check = new SchemaCheck(description);
    List<String> wrong = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    description
        .get("paths")
        .propertyStream()
        .forEach(path ->
            path.getValue()
                .propertyStream()
                .forEach(call -> {
                  String name = call.getKey() + " " + path.getKey();
                  if (call.getValue().has("requestBody")) {
                    JsonNode body = json(call.getValue().get("requestBody"));
                    wrong.addAll(misfits(check, name + " request", body, true));
                  }
                  call.getValue()
                      .get("responses")
                      .propertyStream()
                      .filter(answer -> json(answer.getValue()).has("example"))
                      .forEach(answer -> {
                        String place = name + " " + answer.getKey();
                        answers.add(place);
                        wrong.addAll(misfits(check, place, json(answer.getValue()), false));
                      });
                }));
    assertThat(wrong).isEmpty();
    assertThat(answers)
        .contains(
            "get /api/v1/protection 200",
            "get /api/v1/backups 200",
            "get /api/v1/jobs/{id} 200",
            "get /api/v1/comparisons/{id} 200",
            "get /health/ready 200",
            "get /health/ready 503");
    // None is left over from a call that is no more.
    assertThat(Examples.read().propertyNames())
        .allSatisfy(name -> {
          String[] call = name.split(" ", 2);
          JsonNode described = description.at("/paths").path(call[1]).path(call[0]);
          assertThat(described.isObject()).as(name).isTrue();
          assertThat(described.get("responses").propertyNames())
              .as(name)
              .containsAll(
                  Examples.read().get(name).propertyNames().stream()
                      .filter(part -> !part.equals("request"))
                      .toList());
        });
  }

  private static JsonNode json(JsonNode holder) {
    return holder.path("content").path("application/json");
  }

  private static List<String> misfits(
      SchemaCheck check, String place, JsonNode body, boolean partial) {
    if (!body.has("example")) {
      return List.of(place + " has no example");
    }
    List<String> wrong = new ArrayList<>();
    check.wrong(body.get("schema"), body.get("example")).stream()
        .filter(told -> !partial || !told.endsWith(" lacks"))
        .forEach(told -> wrong.add(place + told));
    return wrong;
  }

  private static boolean described(JsonNode response) {
    return response.path("content").propertyStream().findAny().isPresent()
        && response
            .path("content")
            .propertyStream()
            .allMatch(kind -> kind.getValue().has("schema") || kind.getValue().has("example"));
  }

  private static JsonNode description() throws IOException {
    return JsonMapper.shared().readTree(Files.readString(FILE));
  }

  @Test
  void realAnswersAreWhatItSays() throws IOException {
    Program program = new Program(site, "EVERYTHING");
    SchemaCheck check = new SchemaCheck(description());
    JsonNode job = program.ended(program.post("/api/v1/backups", "{\"reason\":\"Described\"}"));
    String name = job.get("subject").stringValue();
    Visitor.Answer schedule =
        program.post(
            "/api/v1/schedules",
            "{\"name\":\"Described\",\"cron\":\"0 3 1 1 *\",\"reason\":\"Described\"}");
    String id = schedule.json().get("id").stringValue();

    check.that("/api/v1/schedules", "post", schedule);
    for (String path :
        List.of(
            "/api/v1/protection",
            "/api/v1/databases",
            "/api/v1/backups",
            "/api/v1/jobs",
            "/api/v1/schedules",
            "/api/v1/retention",
            "/api/v1/retention/preview",
            "/api/v1/audit",
            "/api/v1/audit/check",
            "/api/v1/users",
            "/api/v1/tokens",
            "/api/admin/comprehensive-backup",
            "/api/admin/backups")) {
      check.that(path, "get", program.get(path));
    }
    check.that("/api/v1/backups/{name}", "get", program.get("/api/v1/backups/" + name));
    check.that("/api/v1/backups/{name}", "get", program.get("/api/v1/backups/none"));
    check.that("/api/v1/jobs/{id}", "get", program.get("/api/v1/jobs/" + text(job, "id")));
    check.that("/api/v1/schedules/{id}", "get", program.get("/api/v1/schedules/" + id));
    check.that("/api/v1/schedules", "post", program.post("/api/v1/schedules", "{}"));
    check.that("/api/v1/users/{id}", "get", program.get("/api/v1/users/1"));
    check.that(
        "/api/v1/tokens",
        "post",
        program.post("/api/v1/tokens", "{\"name\":\"described\",\"scope\":\"READ\"}"));
    check.that(
        "/api/v1/users",
        "post",
        program.post("/api/v1/users", "{\"name\":\"described\",\"role\":\"AUDITOR\"}"));
    check.that(
        "/api/v1/backups/{name}/verify",
        "post",
        program.post("/api/v1/backups/" + name + "/verify", ""));
    check.that("/api/v1/audit", "get", site.visitor().get("/api/v1/audit"));
    program.call("DELETE", "/api/v1/schedules/" + id, "");
    assertThat(check.checked()).isGreaterThan(20);
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).stringValue();
  }
}
