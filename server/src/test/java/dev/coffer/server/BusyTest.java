package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.server.audit.Actor;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.Work;
import dev.coffer.testkit.Waiting;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When too much of a kind waits already, whoever asks for more is told to come back later. */
@ExtendWith(SharedSite.class)
class BusyTest {
  /** Of a kind. */
  private static final int MOST_WAITING = 20;

  private final Site site;

  BusyTest(Site site) {
    this.site = site;
  }

  @Test
  void nothingMoreIsTakenOnAndEverybodyIsToldSo() {
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
    // What others began and is over meanwhile would make room.
    Waiting.until(
        "the end of all jobs", () -> none(program, "RUNNING") && none(program, "WAITING"));
    CountDownLatch end = new CountDownLatch(1);
    try {
      keepBusy(end);
      isTooMuch(submit(program));
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
      end.countDown();
    }
    Waiting.until(
        "the end of all jobs", () -> none(program, "RUNNING") && none(program, "WAITING"));
    assertThat(program.ended(submit(program)).get("state").stringValue())
        .as("and afterwards")
        .isEqualTo("DONE");
    program.call("DELETE", "/api/v1/schedules/" + schedule, "");
  }

  private static boolean none(Program program, String state) {
    return program.get("/api/v1/jobs?state=" + state).json().get("total").intValue() == 0;
  }

  private void keepBusy(CountDownLatch end) {
    JobRunner runner = site.part("jobRunner", JobRunner.class);
    for (JobKind kind : JobKind.values()) {
      for (int job = 0; job < MOST_WAITING; job++) {
        runner.submit(
            kind,
            "another",
            "To keep it busy",
            new Actor("tester", ""),
            progress -> {
              await(end);
              return new Work.Result("another", "");
            },
            over -> {});
      }
    }
  }

  private static void await(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static Visitor.Answer submit(Program program) {
    return program.post("/api/v1/backups", "{\"reason\":\"To keep it busy\"}");
  }

  private static void isTooMuch(Visitor.Answer answer) {
    assertThat(answer.status()).as(answer.path() + answer.body()).isEqualTo(429);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.json().get("code").stringValue()).isEqualTo("TOO_MANY_JOBS");
  }
}
