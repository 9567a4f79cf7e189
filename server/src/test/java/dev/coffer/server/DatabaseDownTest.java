package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While the protected database is down, people are here to see what they have. */
class DatabaseDownTest {

  @Test
  void everyPageAnswersAndTheFirstSaysSo() {
    try (Site site = Site.ready();
        HttpClient client = HttpClient.newHttpClient()) {
      Furnished furnished = Furnished.of(site);
      site.portal().close();
      Asker admin = Asker.person(client, site, "admin", site.admin());
      everythingAnswers(admin, furnished, true);

      site.restart();
      Asker again = Asker.person(client, site, "admin", site.admin());
      assertThat(again.ask("GET", "/admin/backup").body())
          .contains("The database cannot be reached now");
      everythingAnswers(again, furnished, false);
      assertThat(again.ask("GET", "/admin/settings").body()).contains("It cannot be asked now");
      Program program = new Program(site, "EVERYTHING");
      assertThat(
              program
                  .ended(program.post("/api/v1/backups", "{\"reason\":\"In vain\"}"))
                  .get("state")
                  .stringValue())
          .isEqualTo("FAILED");
      assertThat(again.ask("GET", "/admin/backup").body()).contains("In vain");
    }
  }

  /** What a server knows of comparisons and plans, it forgets when it ends. */
  private static void everythingAnswers(Asker admin, Furnished furnished, boolean sameServer) {
    List<String> wrong = new ArrayList<>();
    for (Calls.Call call : Calls.all()) {
      if (call.looks()) {
        String path = furnished.address(call);
        int status = admin.ask("GET", path).status();
        boolean forgotten =
            path.startsWith("/admin/restores/")
                || (!sameServer
                    && path.matches(".*/(compare|comparisons|restores?/plan|restores)/.*"));
        if (status != 200 && status != 302 && !(forgotten && (status == 404 || status == 410))) {
          wrong.add(path + " is " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
