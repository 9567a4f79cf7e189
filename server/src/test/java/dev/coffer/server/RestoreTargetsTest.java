package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** Databases that are not as usual: one that may not be changed, and one that is empty. */
class RestoreTargetsTest {

  private static final Site SITE = Site.ready();

  @AfterAll
  static void stop() {
    SITE.close();
  }

  @Test
  void thePlanTellsAllThatIsMissingAndWhatMendsIt() {
    String role = TestDatabase.uniqueName("reader");
    String backup = BrowsedSite.backup(SITE);
    TestDatabase portal = SITE.portal();
    portal.execute(
        "CREATE ROLE %1$s LOGIN PASSWORD 'x'; GRANT pg_read_all_data TO %1$s;".formatted(role)
            + " UPDATE sales SET notes = 'spoiled' WHERE id = (SELECT min(id) FROM sales);"
            + " DELETE FROM sms_logs");
    try {
      SITE.restartProtecting(portal.url().replaceFirst("//[^@]*@", "//" + role + ":x@"));
      isTold(SITE, backup, role);
    } finally {
      SITE.restartProtecting(portal.url());
      portal.execute("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
    }
  }

  @Test
  void theRebuildingOfAnEmptyDatabaseIsAmongThePastRestores() {
    String backup = BrowsedSite.backup(SITE);
    try (TestDatabase empty = TestDatabase.create(SITE.portal().server())) {
      SITE.restartProtecting(empty.url());
      Program program = new Program(SITE, "EVERYTHING");
      Visitor.Answer begun =
          program.post(
              "/api/v1/restores",
              "{\"backup\":\"%s\",\"withoutKey\":true,\"dryRun\":false,\"confirm\":\"%s\"}"
                  .formatted(backup, empty.name()));
      JsonNode job = program.ended(begun);
      assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("DONE");

      JsonNode past = program.get("/api/v1/restores").json().get("items").get(0);
      assertThat(past.get("mode").stringValue()).isEqualTo("rebuild");
      assertThat(past.get("backup").stringValue()).isEqualTo(backup);
      assertThat(past.get("createdBy").stringValue()).isEqualTo("admin (token portal)");
      String id = past.get("restoreId").stringValue();
      assertThat(SITE.admin().get("/admin/restores").body())
          .contains(id, "into an empty database, from " + backup);
      assertThat(SITE.admin().get("/admin/restores/" + id).body())
          .contains("It cannot be undone: the database was empty", "sales")
          .doesNotContain("plan-undo", "Safety backup");
      Visitor.Answer undo = program.post("/api/v1/restores/" + id + "/undo", "{}");
      assertThat(undo.status()).as(undo.body()).isEqualTo(404);
      assertThat(undo.json().get("detail").stringValue()).contains("cannot be undone");
      assertThat(empty.value("SELECT count(*) FROM sales"))
          .isEqualTo(SITE.portal().value("SELECT count(*) FROM sales"));
    } finally {
      SITE.restartProtecting(SITE.portal().url());
    }
  }

  private static void isTold(Site site, String backup, String role) {
    Program program = new Program(site, "EVERYTHING");
    String body =
        "{\"backup\":\"%s\",\"tables\":[\"sales\",\"smsLogs\"],\"mode\":\"merge\",\"withoutKey\":true}"
            .formatted(backup);
    String plan =
        program.ended(program.post("/api/v1/restores", body)).get("subject").stringValue();
    String path = "/api/v1/restores/" + plan;
    String page = "/admin/restore/plan/" + plan;
    JsonNode lacks = program.get(path).json().get("changes").get("lacks");
    assertThat(lacks.get("role").stringValue()).isEqualTo(role);
    assertThat(lacks.get("problems").toString())
        .contains("sales\\\": no INSERT", "sms_logs\\\": no INSERT", "session_replication_role")
        .doesNotContain("field_configurations");
    String shown = site.admin().get(page).body();
    assertThat(shown)
        .contains("The database does not allow it yet", "&quot;sms_logs&quot;: no INSERT")
        .doesNotContain("id=\"do-it\"");
    for (JsonNode statement : lacks.get("remedies")) {
      assertThat(shown).contains(HtmlUtils.htmlEscape(statement.stringValue()));
    }

    Visitor.Answer confirmed =
        program.post(path + "/confirm", "{\"confirm\":\"" + site.portal().name() + "\"}");
    assertThat(program.ended(confirmed).get("state").stringValue()).isEqualTo("FAILED");
    String failed = site.admin().get(page).body();
    assertThat(failed)
        .contains("The database does not allow it", "Nothing was changed")
        .contains("&quot;sales&quot;: no INSERT", "&quot;sms_logs&quot;: no INSERT", "GRANT ");
    assertThat(site.portal().value("SELECT count(*) FROM sms_logs")).isEqualTo("0");

    lacks.get("remedies").forEach(statement -> site.portal().execute(statement.stringValue()));
    site.admin().post(page + "/again", Map.of());
    Waiting.until(
        "the plan", () -> program.get(path).json().get("state").stringValue().equals("PLANNED"));
    assertThat(program.get(path).json().get("changes").get("lacks").isNull()).isTrue();
    assertThat(site.admin().get(page).body()).contains("id=\"do-it\"");
    Visitor.Answer again =
        program.post(path + "/confirm", "{\"confirm\":\"" + site.portal().name() + "\"}");
    assertThat(program.ended(again).get("state").stringValue()).isEqualTo("DONE");
    assertThat(site.portal().value("SELECT count(*) FROM sales WHERE notes = 'spoiled'"))
        .isEqualTo("0");
  }
}
