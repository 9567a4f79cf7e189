package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.server.Visitor.Answer;
import dev.coffer.testkit.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left of a comparison when the server is started anew, and when the database is down. */
class CompareRestartTest {

  @Test
  void theSummaryStaysTheRecordsGoAndAFailureIsTold() {
    try (Site site = Site.ready()) {
      site.admin().post("/admin/backup", Map.of("reason", "To be compared"));
      Waiting.until("a backup", () -> names(site).size() == 1);
      String backup = names(site).getFirst();
      site.portal().execute("DELETE FROM sms_logs");
      String path = compare(site, backup);
      assertThat(site.admin().get(path).body()).contains("SMS deleted", "/records?table=smsLogs");

      site.restart();

      assertThat(site.admin().get(path).body())
          .contains("SMS deleted", "not held any more", "Compare again")
          .doesNotContain("/records?table");
      assertThat(site.admin().get(path + "/records?table=smsLogs").body())
          .contains("not held any more", "Compare again");
      Answer gone =
          site.admin()
              .get(
                  path.replace("/admin/compare", "/api/v1/comparisons") + "/changes?table=smsLogs");
      assertThat(gone.status()).isEqualTo(410);
      assertThat(gone.json().get("code").stringValue()).isEqualTo("COMPARISON_EXPIRED");

      site.portal().close();
      assertThat(site.admin().get(compare(site, backup)).body())
          .contains("There is no result", site.portal().name(), "Compare again");
      assertThat(site.admin().get("/admin/compare").body()).contains("failed", "SMS deleted");
    }
  }

  private static List<String> names(Site site) {
    return site.files().stream().filter(name -> name.endsWith(".json.zst")).toList();
  }

  private static String compare(Site site, String backup) {
    String path =
        site.admin().post("/admin/compare", Map.of("backup", backup, "with", "live")).path();
    Waiting.until(
        "the end of it",
        () -> !site.admin().get(path).body().matches("(?s).*data-job=\"(RUNNING|WAITING)\".*"));
    return path;
  }
}
