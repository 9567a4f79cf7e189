package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A restore by a role that may read the database, and change nothing in it. */
class RestorePrivilegesTest {

  @Test
  void thePlanTellsAllThatIsMissingAndWhatMendsIt() {
    String role = TestDatabase.uniqueName("reader");
    try (Site site = Site.ready()) {
      String backup = BrowsedSite.backup(site);
      String owner = site.portal().server().user();
      site.portal()
          .execute(
              "CREATE ROLE %1$s LOGIN PASSWORD 'x'; GRANT pg_read_all_data TO %1$s;".formatted(role)
                  + " UPDATE sales SET notes = 'spoiled' WHERE id = (SELECT min(id) FROM sales);"
                  + " DELETE FROM sms_logs");
      try {
        site.restartProtecting(site.portal().url().replaceFirst("//[^@]*@", "//" + role + ":x@"));
        isTold(site, backup, role);
        assertThat(owner).isNotEqualTo(role);
      } finally {
        site.restartProtecting(site.portal().url());
        site.portal().execute("DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
      }
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
        .contains("table public.sales: no", "table public.sms_logs: no", "session_replication_role")
        .doesNotContain("appliances");
    String shown = site.admin().get(page).body();
    assertThat(shown)
        .contains("The database does not allow it yet", "table public.sms_logs: no")
        .doesNotContain("id=\"do-it\"");
    for (JsonNode statement : lacks.get("remedies")) {
      assertThat(shown).contains(statement.stringValue());
    }

    Visitor.Answer confirmed =
        program.post(path + "/confirm", "{\"confirm\":\"" + site.portal().name() + "\"}");
    assertThat(program.ended(confirmed).get("state").stringValue()).isEqualTo("FAILED");
    String failed = site.admin().get(page).body();
    assertThat(failed)
        .contains("The database does not allow it", "Nothing was changed")
        .contains("table public.sales: no", "table public.sms_logs: no", "GRANT ");
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
