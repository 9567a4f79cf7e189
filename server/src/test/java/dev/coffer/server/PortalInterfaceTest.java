package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The calls that the portal's pages make, field by field. */
@ExtendWith(SharedSite.class)
class PortalInterfaceTest {
  private static final String COMPREHENSIVE = "/api/admin/comprehensive-backup";

  private final Site site;
  private final String bearer;

  PortalInterfaceTest(Site site) {
    this.site = site;
    this.bearer = "Bearer " + site.token("CREATE");
  }

  private Visitor.Answer post(String path, String body) {
    return site.visitor().postJson(path, body, "Authorization", bearer);
  }

  private JsonNode get(String path) {
    Visitor.Answer answer = site.visitor().get(path, "Authorization", bearer);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void createsABackupAndListsIt() {
    Visitor.Answer answer = post(COMPREHENSIVE, "{\"reason\":\"Before major update\"}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode created = answer.json();
    assertThat(created.get("success").booleanValue()).isTrue();
    assertThat(created.get("message").stringValue()).isNotBlank();
    String name = created.get("backupFileName").stringValue();
    assertThat(name).matches("comprehensive-backup-[0-9TZ-]+\\.json\\.zst");
    assertThat(Path.of(created.get("backupPath").stringValue())).isRegularFile();
    assertThat(created.get("fileSize").stringValue()).matches("\\d+\\.\\d\\dMB");
    assertThat(created.get("totalRecords").longValue()).isPositive();
    assertThat(created.get("tables").get("sales").longValue()).isPositive();
    assertThat(created.get("communicationSummary").get("totalSMS").longValue()).isPositive();
    assertThat(created.get("timestamp").stringValue()).matches("\\d{4}-.*\\.\\d{3}Z");

    JsonNode listing = get(COMPREHENSIVE);
    assertThat(listing.get("success").booleanValue()).isTrue();
    assertThat(listing.get("count").intValue()).isEqualTo(listing.get("backups").size());
    JsonNode entry = entry(listing, name);
    assertThat(entry.get("timestamp")).isEqualTo(created.get("timestamp"));
    assertThat(entry.get("size").stringValue()).isEqualTo(created.get("fileSize").stringValue());
    assertThat(entry.get("records")).isEqualTo(created.get("totalRecords"));
    assertThat(entry.get("tables")).isEqualTo(created.get("tables"));
    assertThat(entry.get("communicationSummary")).isEqualTo(created.get("communicationSummary"));
    assertThat(entry.get("createdBy").stringValue()).isEqualTo("admin (token portal)");
    assertThat(entry.get("reason").stringValue()).isEqualTo("Before major update");
    assertThat(entry.has("corrupted")).isFalse();
    assertThat(entry.get("state").stringValue())
        .as("its proof goes on meanwhile")
        .isIn("verified", "proven");
  }

  @Test
  void listsTheNewestFirst() {
    post(COMPREHENSIVE, "{\"reason\":\"one\"}");
    post(COMPREHENSIVE, "{\"reason\":\"two\"}");

    List<String> times =
        get(COMPREHENSIVE)
            .get("backups")
            .valueStream()
            .map(entry -> entry.get("timestamp").stringValue())
            .toList();
    assertThat(times).hasSizeGreaterThan(1).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  @Test
  void writesSqlAndListsItWithTheLegacyFiles() throws IOException {
    Path legacy =
        Files.createDirectories(site.backups().resolve("database"))
            .resolve("database-backup-2020-05-04T03-02-01-000Z.json");
    Files.writeString(
        legacy,
        """
        {"timestamp": "2020-05-04T03:02:01.000Z", "version": "2.1.0",
         "tables": {"users": [{"id": "u1"}], "emailLogs": []},
         "metadata": {"totalRecords": 1, "tables": {"users": 1, "emailLogs": 0}}}
        """);

    JsonNode created = post("/api/admin/create-backup", "{\"reason\":\"By hand\"}").json();

    String name = created.get("backupFileName").stringValue();
    assertThat(name).matches("manual-backup-[0-9TZ-]+Z\\.sql");
    String script = Files.readString(Path.of(created.get("backupPath").stringValue()));
    assertThat(script).contains("CREATE TABLE", "COPY");
    JsonNode listing = get("/api/admin/backups");
    assertThat(entry(listing, name).get("reason").stringValue()).isEqualTo("By hand");
    JsonNode old = entry(listing, String.valueOf(legacy.getFileName()));
    assertThat(old.get("state").stringValue()).isEqualTo("legacy");
    assertThat(old.get("records").intValue()).isEqualTo(1);
    assertThat(listing.get("backups").valueStream())
        .noneMatch(entry -> entry.get("kind").stringValue().equals("comprehensive"));
  }

  @Test
  void aBadReasonIsRefused() {
    List<String> before = site.files();
    String tooLong = "x".repeat(10_000);

    for (String body :
        List.of(
            "{}",
            "{\"reason\":null}",
            "{\"reason\":\"   \"}",
            "{\"reason\":\"" + tooLong + "\"}",
            "{\"reason\":\"two\\nlines\"}")) {
      Visitor.Answer answer = post(COMPREHENSIVE, body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.json().get("code").stringValue()).isEqualTo("REASON_INVALID");
    }
    assertThat(post(COMPREHENSIVE, "not json").json().get("code").stringValue())
        .isEqualTo("BODY_INVALID");
    assertThat(site.files()).isEqualTo(before);
  }

  private static JsonNode entry(JsonNode listing, String name) {
    return listing
        .get("backups")
        .valueStream()
        .filter(entry -> entry.get("filename").stringValue().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not listed: " + listing));
  }
}
