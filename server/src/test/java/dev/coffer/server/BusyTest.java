package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When too much waits already, whoever asks for more is told to come back later. */
@ExtendWith(SharedSite.class)
class BusyTest {
  private static final int MOST_WAITING = 20;

  private final Site site;

  BusyTest(Site site) {
    this.site = site;
  }

  @Test
  void nothingMoreIsTakenOnAndEverybodyIsToldSo() throws SQLException {
    Program program = new Program(site, "EVERYTHING");
    String backup = BrowsedSite.backup(site);
    String schedule =
        program
            .post(
                "/api/v1/schedules",
                "{\"name\":\"Busy\",\"cron\":\"0 3 1 1 *\",\"reason\":\"Busy\"}")
            .json()
            .get("id")
            .stringValue();
    List<String> waiting = new ArrayList<>();
    // What others began and is over meanwhile would make room.
    Waiting.until(
        "the end of all jobs", () -> none(program, "RUNNING") && none(program, "WAITING"));
    try (Connection other = site.portal().connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE sales IN ACCESS EXCLUSIVE MODE");
      try {
        Visitor.Answer last = submit(program);
        while (last.status() == 202 && waiting.size() < MOST_WAITING) {
          waiting.add(last.header("Location"));
          last = submit(program);
        }

        isTooMuch(last);
        Map<String, String> calls =
            Map.of(
                "/api/admin/comprehensive-backup",
                "{\"reason\":\"One more\"}",
                "/api/admin/create-backup",
                "{\"reason\":\"One more\"}",
                "/api/v1/backups/" + backup + "/verify",
                "",
                "/api/v1/backups/" + backup + "/prove",
                "",
                "/api/v1/comparisons",
                "{\"backup\":\"%s\",\"with\":{\"live\":true}}".formatted(backup),
                "/api/v1/restores",
                "{\"backup\":\"%s\",\"withoutKey\":true}".formatted(backup),
                "/api/v1/schedules/" + schedule + "/run",
                "");
        calls.forEach((call, body) -> isTooMuch(program.post(call, body)));
        assertThat(site.admin().post("/admin/backup", Map.of("reason", "One more")).body())
            .contains("jobs are waiting already", "One more");
      } finally {
        waiting.reversed().forEach(job -> program.call("DELETE", job, ""));
        waiting.forEach(job -> Waiting.until("the end of " + job, () -> over(program, job)));
        other.rollback();
      }
    }
    assertThat(program.ended(submit(program)).get("state").stringValue())
        .as("and afterwards")
        .isEqualTo("DONE");
    program.call("DELETE", "/api/v1/schedules/" + schedule, "");
  }

  private static boolean none(Program program, String state) {
    return program.get("/api/v1/jobs?state=" + state).json().get("total").intValue() == 0;
  }

  private static Visitor.Answer submit(Program program) {
    return program.post("/api/v1/backups", "{\"reason\":\"To keep it busy\"}");
  }

  private static boolean over(Program program, String job) {
    String state = program.get(job).json().get("state").stringValue();
    return !state.equals("WAITING") && !state.equals("RUNNING");
  }

  private static void isTooMuch(Visitor.Answer answer) {
    assertThat(answer.status()).as(answer.path() + answer.body()).isEqualTo(429);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("code").stringValue()).isEqualTo("TOO_MANY_JOBS");
  }
}
