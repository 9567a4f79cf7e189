package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** While the server's own state cannot be used, it says so, and is there again afterwards. */
class StateDownTest {

  @Test
  void everyAnswerSaysSoAndTheServerGoesOnAfterwards() {
    try (TestDatabase state = TestDatabase.create(Servers.embedded(18));
        Site site =
            Site.readyOn(
                ConnectionSettings.resolve(
                    Optional.of(state.url()), Map.of(), Path.of("no-service-file")));
        HttpClient client = HttpClient.newHttpClient()) {
      Program program = new Program(site, "EVERYTHING");
      Asker admin = Asker.person(client, site, "admin", site.admin());
      state.refuseConnections();
      try {
        allAtOnce(
            () -> isSaidToPrograms(program.get("/api/v1/backups")),
            () -> isSaidToPrograms(program.post("/api/v1/backups", "{\"reason\":\"In vain\"}")),
            () -> isSaidToPrograms(program.get("/metrics")),
            () -> isSaidToPrograms(admin.ask("GET", "/api/v1/jobs")),
            () -> isSaidToPeople(admin.ask("GET", "/admin/backup")),
            () -> isSaidToPeople(admin.ask("POST", "/admin/backup")),
            () -> isSaidToPeople(site.visitor().signInWithoutFollowing("admin", Site.PASSWORD)));
        assertThat(site.visitor().get("/health/ready").status()).isEqualTo(503);
        assertThat(site.visitor().get("/health/live").status()).isEqualTo(200);
      } finally {
        state.takeConnections();
      }

      Waiting.until(
          "the state to be used again", () -> program.get("/api/v1/backups").status() == 200);
      assertThat(admin.ask("GET", "/admin/backup").status())
          .as("whoever was signed in still is")
          .isEqualTo(200);
      Waiting.until(
          "readiness, which is asked for once a second",
          () -> site.visitor().get("/health/ready").status() == 200);
    }
  }

  /** Each is answered after some seconds. */
  private static void allAtOnce(Runnable... questions) {
    List<Future<?>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Runnable question : questions) {
        asked.add(threads.submit(question));
      }
    }
    assertThat(asked).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ZERO));
  }

  private static void isSaidToPrograms(Visitor.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("code").stringValue()).isEqualTo("STATE_UNAVAILABLE");
    assertThat(answer.body()).doesNotContain("hikari", "jdbc", "postgres", "127.0.0.1");
  }

  private static void isSaidToPeople(Visitor.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body())
        .contains("Coffer cannot reach its own records now", "Your backups are not affected")
        .doesNotContain("hikari", "jdbc", "127.0.0.1");
  }
}
