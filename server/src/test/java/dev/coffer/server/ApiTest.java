package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Everything that the pages do, by programs, field by field. */
@ExtendWith(SharedSite.class)
class ApiTest {
  private static final String BACKUPS = "/api/v1/backups";

  private final Site site;
  private final Program program;

  ApiTest(Site site) {
    this.site = site;
    this.program = new Program(site, "EVERYTHING");
  }

  private JsonNode backup(String reason) {
    return program.ended(program.post(BACKUPS, "{\"reason\":\"" + reason + "\"}"));
  }

  private static String text(JsonNode node, String field) {
    return node.get(field).stringValue();
  }

  private static void assertProblem(Visitor.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    assertThat(text(answer.json(), "code")).isEqualTo(code);
    assertThat(text(answer.json(), "detail")).isNotBlank();
    assertThat(answer.json().get("success").booleanValue()).isFalse();
  }

  @Test
  void aBackupIsMadeFoundCheckedKeptAndDeleted() {
    Visitor.Answer accepted =
        program.post(BACKUPS, "{\"kind\":\"database\",\"reason\":\"Needle in the hay\"}");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.header("Location"))
        .isEqualTo("/api/v1/jobs/" + text(accepted.json(), "id"));
    assertThat(text(accepted.json(), "kind")).isEqualTo("BACKUP");
    JsonNode job = program.ended(accepted);
    assertThat(text(job, "state")).isEqualTo("DONE");
    assertThat(text(job, "createdBy")).isEqualTo("admin (token portal)");
    assertThat(text(job, "reason")).isEqualTo("Needle in the hay");
    assertThat(job.get("progress").isNull()).isTrue();
    String name = text(job, "subject");
    assertThat(name).startsWith("database-backup-");

    JsonNode found = program.get(BACKUPS + "?q=needle&kind=database&size=1").json();
    assertThat(found.get("total").intValue()).isEqualTo(1);
    assertThat(found.get("page").intValue()).isEqualTo(1);
    assertThat(found.get("pages").intValue()).isEqualTo(1);
    JsonNode item = found.get("items").get(0);
    assertThat(text(item, "name")).isEqualTo(name);
    assertThat(item.get("records").longValue()).isPositive();
    assertThat(item.get("kept").booleanValue()).isFalse();

    String place = BACKUPS + "/" + name;
    JsonNode told = program.get(place).json();
    assertThat(told.get("tables").get("users").longValue()).isPositive();
    assertThat(told.get("hashes").get("users").stringValue()).matches("[0-9a-f]{64}");
    assertThat(told.get("signed").booleanValue()).isTrue();
    assertThat(told.get("communicationSummary").has("smsSuccessRate")).isTrue();
    assertThat(told.get("sealedColumns").valueStream())
        .anyMatch(column -> text(column, "column").equals("password"));
    assertThat(text(told, "state")).isIn("verified", "proven");
    for (String list : List.of("flagged", "excluded", "recipients", "notProven")) {
      assertThat(told.get(list).isArray()).as(list).isTrue();
    }
    assertThat(text(program.ended(program.post(place + "/verify", "")), "outcome"))
        .isEqualTo("It is whole.");
    assertThat(program.get(place).json().get("verification").get("sound").booleanValue()).isTrue();
    assertThat(text(program.ended(program.post(place + "/prove", "")), "state")).isEqualTo("DONE");
    assertThat(text(program.get(place).json(), "state")).isEqualTo("proven");

    JsonNode kept = program.call("PUT", place + "/keep", "{\"keep\":true}").json();
    assertThat(kept.get("kept").booleanValue()).isTrue();
    assertProblem(program.call("DELETE", place + "?reason=trial", ""), 409, "BACKUP_KEPT");
    assertProblem(program.call("PUT", place + "/keep", "{}"), 400, "REQUEST_INVALID");
    program.call("PUT", place + "/keep", "{\"keep\":false}");
    assertProblem(program.call("DELETE", place, ""), 400, "REASON_INVALID");
    assertThat(program.call("DELETE", place + "?reason=trial", "").status()).isEqualTo(204);
    assertProblem(program.get(place), 404, "BACKUP_NOT_FOUND");
    JsonNode trail = program.get("/api/v1/audit?subject=" + name).json();
    assertThat(trail.get("items").valueStream().map(entry -> text(entry, "action")))
        .contains("BACKUP_CREATED", "BACKUP_VERIFIED", "BACKUP_KEPT", "BACKUP_DELETED");
  }

  @Test
  void aFileIsHandedOutInRanges() throws IOException {
    String name = text(backup("Ranges"), "subject");
    String place = BACKUPS + "/" + name + "/download";
    byte[] file;
    try (Stream<Path> files = Files.walk(site.backups())) {
      file = Files.readAllBytes(files.filter(path -> path.endsWith(name)).findFirst().get());
    }

    Visitor.Answer whole = program.get(place + "?format=stored");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.bytes()).isEqualTo(file);
    assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
    String etag = whole.header("ETag");
    assertThat(etag).matches("\"[^\"]+\"");

    Visitor.Answer part = program.get(place, "Range", "bytes=10-19", "If-Range", etag);
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Range")).isEqualTo("bytes 10-19/" + file.length);
    assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(file, 10, 20));

    Visitor.Answer end = program.get(place, "Range", "bytes=-5");
    assertThat(end.bytes()).isEqualTo(Arrays.copyOfRange(file, file.length - 5, file.length));

    Visitor.Answer several = program.get(place, "Range", "bytes=0-4,10-14");
    assertThat(several.status()).isEqualTo(206);
    assertThat(several.header("Content-Type")).startsWith("multipart/byteranges");
    assertThat(several.body()).contains("bytes 0-4/" + file.length, "bytes 10-14/" + file.length);

    Visitor.Answer beyond = program.get(place, "Range", "bytes=" + file.length + "-");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + file.length);

    Visitor.Answer another = program.get(place, "Range", "bytes=10-19", "If-Range", "\"other\"");
    assertThat(another.status()).isEqualTo(200);
    assertThat(another.bytes()).isEqualTo(file);
    assertThat(program.get(place, "If-None-Match", etag).status()).isEqualTo(304);
    Visitor.Answer head = program.call("HEAD", place, "");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("ETag")).isEqualTo(etag);

    Visitor.Answer csv = program.get(place + "?format=csv&table=users");
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.body()).startsWith("id,");
    assertThat(program.get(place + "?format=json").json().get("tables").has("users")).isTrue();
    assertThat(program.get(place + "?format=sql").body()).contains("CREATE TABLE");
    assertProblem(program.get(place + "?format=xml"), 400, "USAGE");
    assertProblem(program.get(place + "?format=csv&table=none"), 404, "TABLE_NOT_FOUND");
  }

  @Test
  void schedulesAreAddedChangedRunAndRemoved() {
    String all = "/api/v1/schedules";
    String body =
        """
        {"name": "Nightly by token", "cron": "0 2 1 1 *", "zone": "Europe/London",
         "kind": "database", "reason": "Every year"}\
        """;
    Visitor.Answer created = program.post(all, body);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    String place = created.header("Location");
    assertThat(place).isEqualTo(all + "/" + text(created.json(), "id"));
    assertThat(text(created.json(), "words")).endsWith("Europe/London");
    assertThat(created.json().get("next").isNull()).isFalse();
    assertProblem(program.post(all, body), 409, "NAME_TAKEN");
    assertProblem(
        program.post(all, "{\"name\":\"x\",\"cron\":\"nonsense\"}"), 400, "REQUEST_INVALID");
    assertThat(program.get(all).json().get("items").valueStream())
        .anyMatch(item -> text(item, "name").equals("Nightly by token"));

    JsonNode paused =
        program
            .call("PUT", place, body.replace("\"reason\"", "\"paused\": true, \"reason\""))
            .json();
    assertThat(paused.get("paused").booleanValue()).isTrue();
    assertThat(program.get(place).json().get("next").isNull()).isTrue();
    JsonNode run = program.ended(program.post(place + "/run", ""));
    assertThat(text(run, "subject")).startsWith("database-backup-");
    JsonNode preview =
        program.get(all + "/preview?cron=0%202%20*%20*%20*&zone=Europe/London").json();
    assertThat(text(preview, "words")).isEqualTo("Every day at 02:00 Europe/London");
    assertThat(preview.get("next").size()).isEqualTo(3);
    assertProblem(program.get(all + "/preview?cron=x&zone=UTC"), 400, "REQUEST_INVALID");
    assertProblem(program.get(all + "/preview?zone=UTC"), 400, "REQUEST_INVALID");
    assertThat(program.call("DELETE", place, "").status()).isEqualTo(204);
    assertProblem(program.call("DELETE", place, ""), 404, "NOT_FOUND");
    assertProblem(program.get(all + "/nonsense"), 404, "NOT_FOUND");
  }

  @Test
  void theRuleOfHowManyStayIsSetAndTried() {
    backup("Retention");
    JsonNode before = program.get("/api/v1/retention").json();
    JsonNode set =
        program.call("PUT", "/api/v1/retention", "{\"newest\": 3, \"zone\": \"UTC\"}").json();
    assertThat(set.get("newest").intValue()).isEqualTo(3);
    assertThat(text(set, "zone")).isEqualTo("UTC");
    assertThat(set.get("daily")).isEqualTo(before.get("daily"));
    assertThat(program.get("/api/v1/retention").json()).isEqualTo(set);
    JsonNode preview = program.get("/api/v1/retention/preview?newest=1&daily=0").json();
    assertThat(preview.get("rule").get("newest").intValue()).isEqualTo(1);
    assertThat(preview.get("keeps").intValue()).isEqualTo(preview.get("kept").size());
    assertThat(preview.get("kept").valueStream())
        .allMatch(line -> !text(line, "keptBecause").isEmpty());
    program.call("PUT", "/api/v1/retention", before.toString());
    assertProblem(program.call("PUT", "/api/v1/retention", "{\"newest\": 0}"), 400, "USAGE");
    assertProblem(
        program.call("PUT", "/api/v1/retention", "{\"zone\": \"Mars\"}"), 400, "REQUEST_INVALID");
  }

  @Test
  void usersAndTokensComeAndGo() {
    Visitor.Answer created =
        program.post("/api/v1/users", "{\"name\":\"api.ann\",\"role\":\"OPERATOR\"}");
    assertThat(created.status()).isEqualTo(201);
    String place = created.header("Location");
    assertThat(text(created.json(), "password")).hasSizeGreaterThan(20);
    assertThat(created.json().get("user").get("mustChange").booleanValue()).isTrue();
    assertThat(program.get(place).body()).doesNotContain("$2");
    assertProblem(
        program.post("/api/v1/users", "{\"name\":\"api.ann\",\"role\":\"OPERATOR\"}"),
        409,
        "NAME_TAKEN");
    assertProblem(program.post("/api/v1/users", "{\"name\":\"b\"}"), 400, "REQUEST_INVALID");
    assertProblem(
        program.post("/api/v1/users", "{\"name\":\"b\",\"role\":\"KING\"}"), 400, "BODY_INVALID");
    JsonNode changed =
        program.call("PUT", place, "{\"role\":\"AUDITOR\",\"enabled\":false}").json();
    assertThat(text(changed, "role")).isEqualTo("AUDITOR");
    assertThat(changed.get("enabled").booleanValue()).isFalse();
    assertProblem(
        program.call("PUT", "/api/v1/users/1", "{\"role\":\"AUDITOR\",\"enabled\":true}"),
        409,
        "LAST_ADMIN");
    assertThat(text(program.post(place + "/password", "").json(), "password")).isNotBlank();

    Visitor.Answer made =
        program.post("/api/v1/tokens", "{\"name\":\"short\",\"scope\":\"READ\",\"days\":1}");
    assertThat(made.status()).isEqualTo(201);
    String id = text(made.json().get("token"), "id");
    Program reader = new Program(site.visitor(), text(made.json(), "text"));
    assertThat(reader.get(BACKUPS).status()).isEqualTo(200);
    assertThat(program.get("/api/v1/tokens").body()).doesNotContain(reader.token());
    assertProblem(
        program.post("/api/v1/tokens", "{\"name\":\"x\",\"scope\":\"READ\",\"days\":900}"),
        400,
        "REQUEST_INVALID");
    assertThat(program.call("DELETE", "/api/v1/tokens/" + id, "").status()).isEqualTo(204);
    assertProblem(reader.get(BACKUPS), 401, "UNAUTHENTICATED");
    assertProblem(program.call("DELETE", "/api/v1/tokens/" + id, ""), 404, "NOT_FOUND");
  }

  @Test
  void whatIsProtectedAndHowWellIsTold() {
    backup("Protection");
    JsonNode protection = program.get("/api/v1/protection").json();
    assertThat(text(protection, "level")).isIn("green", "yellow");
    assertThat(protection.get("newest").get("ageSeconds").longValue()).isBetween(0L, 600L);
    assertThat(protection.get("freeBytes").longValue()).isPositive();
    assertThat(protection.get("databaseProblem").isNull()).isTrue();
    Visitor.Answer databases = program.get("/api/v1/databases");
    JsonNode only = databases.json().get("items").get(0);
    assertThat(text(only, "id")).isEqualTo("main");
    assertThat(text(only, "address")).contains(":");
    assertThat(databases.body()).doesNotContain("password");
    assertThat(program.get("/api/v1/audit/check").json().get("whole").booleanValue()).isTrue();
    assertThat(program.get("/api/v1/audit/export").body().lines().findFirst().orElse(""))
        .contains("\"id\":1,", "\"previousHash\":\"" + "0".repeat(64));
    JsonNode jobs = program.get("/api/v1/jobs?kind=BACKUP&state=DONE&size=1").json();
    assertThat(jobs.get("items").size()).isEqualTo(1);
    assertThat(jobs.get("total").intValue()).isEqualTo(jobs.get("pages").intValue());
    String done = text(jobs.get("items").get(0), "id");
    assertThat(program.call("DELETE", "/api/v1/jobs/" + done, "").status()).isEqualTo(200);
    assertProblem(program.get("/api/v1/jobs?kind=NONE"), 400, "REQUEST_INVALID");
    assertProblem(program.get("/api/v1/jobs/nonsense"), 404, "NOT_FOUND");
    assertProblem(
        program.get("/api/v1/jobs/00000000-0000-0000-0000-000000000000"), 404, "NOT_FOUND");
  }

  @Test
  void whatIsNoCallIsSaidSo() {
    assertProblem(program.get("/api/v1/nonsense"), 404, "NOT_FOUND");
    assertProblem(program.get("/api"), 404, "NOT_FOUND");
    assertProblem(program.post("/api/v2/backups", "{}"), 404, "NOT_FOUND");
    assertProblem(site.visitor().get("/api/v1/nonsense"), 401, "UNAUTHENTICATED");
    Visitor.Answer method = program.call("PATCH", BACKUPS, "{}");
    assertProblem(method, 405, "METHOD_NOT_ALLOWED");
    assertThat(method.header("Allow")).isEqualTo("GET, HEAD, POST");
    assertProblem(
        site.visitor().postText(BACKUPS, "reason=x", "Authorization", "Bearer " + program.token()),
        415,
        "MEDIA_TYPE_UNSUPPORTED");
    assertProblem(program.post(BACKUPS, "{\"reason\":"), 400, "BODY_INVALID");
    assertProblem(program.post(BACKUPS, "[]"), 400, "BODY_INVALID");
    assertProblem(program.post(BACKUPS, "{\"kind\":\"all\"}"), 400, "REQUEST_INVALID");
    assertProblem(program.get(BACKUPS + "?state=fine"), 400, "REQUEST_INVALID");
    assertProblem(program.get(BACKUPS + "?page=one"), 400, "REQUEST_INVALID");
    assertProblem(
        program.post(BACKUPS, "{\"reason\":\"" + "x".repeat(1 << 20) + "\"}"),
        413,
        "BODY_TOO_LARGE");
    assertThat(program.get(BACKUPS + "?page=99999&size=99999").json().get("page"))
        .isEqualTo(program.get(BACKUPS + "?size=200").json().get("pages"));
  }

  @Test
  void aTokenIsGoodForItsScopeAlone() {
    Program reader = new Program(site, "READ");
    Program creator = new Program(site, "CREATE");
    Program exporter = new Program(site, "EXPORT");
    List<String> atMost = List.of("/api/v1/users", "/api/v1/tokens");
    for (Program lesser : List.of(reader, creator, exporter, new Program(site, "RESTORE"))) {
      for (String path : atMost) {
        assertProblem(lesser.get(path), 403, "FORBIDDEN");
        assertProblem(
            lesser.post(path, "{\"name\":\"mine\",\"scope\":\"EVERYTHING\",\"role\":\"ADMIN\"}"),
            403,
            "FORBIDDEN");
      }
      assertProblem(lesser.get("/api/v1/audit"), 403, "FORBIDDEN");
      assertProblem(lesser.call("PUT", "/api/v1/retention", "{}"), 403, "FORBIDDEN");
      assertProblem(lesser.post("/api/v1/schedules", "{}"), 403, "FORBIDDEN");
      assertProblem(lesser.call("DELETE", BACKUPS + "/any", ""), 403, "FORBIDDEN");
      assertThat(lesser.get(BACKUPS).status()).isEqualTo(200);
    }
    assertProblem(reader.post(BACKUPS, "{\"reason\":\"no\"}"), 403, "FORBIDDEN");
    assertProblem(exporter.post(BACKUPS + "/any/verify", ""), 403, "FORBIDDEN");
    assertProblem(reader.get(BACKUPS + "/any/download"), 403, "FORBIDDEN");
    assertProblem(creator.get(BACKUPS + "/any/download"), 403, "FORBIDDEN");
    assertProblem(exporter.get(BACKUPS + "/any/download"), 404, "BACKUP_NOT_FOUND");
    assertProblem(creator.post(BACKUPS + "/any/verify", ""), 404, "BACKUP_NOT_FOUND");
  }
}
