package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What other programs watch the server by. */
class WatchTest {

  @Test
  void healthIsToldToAllAndMetricsToThoseWhoMaySee() throws IOException {
    try (Site site = Site.ready()) {
      Program program = new Program(site, "CREATE");
      metricsBegin(site, program);
      metricsMove(program);
      readinessFollowsTheFolder(site);
      theDatabaseMayBeDown(site, program);
    }
  }

  private static void metricsBegin(Site site, Program program) {
    assertThat(site.visitor().get("/metrics").status()).isEqualTo(401);
    Visitor.Answer metrics = program.get("/metrics");
    assertThat(metrics.header("Content-Type")).startsWith("text/plain;version=0.0.4");
    assertThat(metrics.body())
        .contains(
            "coffer_newest_backup_age_seconds +Inf",
            "coffer_newest_proven_backup_age_seconds +Inf",
            "coffer_protection_level 0.0",
            "coffer_jobs_total{kind=\"backup\",outcome=\"failed\"} 0.0",
            "coffer_failures_total{kind=\"proof\"} 0.0",
            "coffer_jobs_queue{kind=\"backup\"} 0.0",
            "coffer_database_up 1.0",
            "coffer_free_bytes",
            "jvm_memory_used_bytes");
  }

  private static void metricsMove(Program program) {
    program.ended(program.post("/api/v1/backups", "{\"reason\":\"measured\"}"));
    Waiting.until(
        "the proof", () -> value(program, "coffer_newest_proven_backup_age_seconds") < 600);
    assertThat(value(program, "coffer_newest_backup_age_seconds")).isBetween(0.0, 600.0);
    assertThat(value(program, "coffer_protection_level")).isEqualTo(2);
    assertThat(value(program, "coffer_jobs_total{kind=\"backup\",outcome=\"done\"}")).isEqualTo(1);
    assertThat(
            value(
                program,
                "coffer_backup_duration_seconds_count{kind=\"comprehensive\",outcome=\"done\"}"))
        .isEqualTo(1);
    assertThat(value(program, "coffer_backup_bytes{kind=\"comprehensive\"}")).isPositive();
    assertThat(value(program, "coffer_backups{state=\"proven\"}")).isEqualTo(1);
  }

  private static double value(Program program, String series) {
    return program
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(
            line -> Double.parseDouble(line.substring(series.length()).replace("+Inf", "Infinity")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + series));
  }

  private static void readinessFollowsTheFolder(Site site) throws IOException {
    assertThat(site.visitor().get("/health/live").json().get("status").stringValue())
        .isEqualTo("up");
    Visitor.Answer ready = site.visitor().get("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.body())
        .isEqualTo("{\"status\":\"up\",\"state\":\"up\",\"backups\":\"up\",\"database\":\"up\"}");
    Path aside = site.backups().resolveSibling("aside");
    Files.move(site.backups(), aside);
    try {
      Visitor.Answer gone = site.visitor().get("/health/ready");
      assertThat(gone.status()).isEqualTo(503);
      assertThat(gone.json().get("backups").stringValue()).isEqualTo("down");
      assertThat(gone.json().get("state").stringValue()).isEqualTo("up");
    } finally {
      Files.move(aside, site.backups());
    }
  }

  private static void theDatabaseMayBeDown(Site site, Program program) {
    site.portal().close();
    site.restart();
    Visitor.Answer ready = site.visitor().get("/health/ready");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().get("database").stringValue()).isEqualTo("down");
    assertThat(ready.body()).doesNotContain("127.0.0.1", "postgres");
    Program after = program.at(site);
    assertThat(value(after, "coffer_database_up")).isZero();
    after.ended(after.post("/api/v1/backups", "{\"reason\":\"in vain\"}"));
    assertThat(value(after, "coffer_failures_total{kind=\"backup\"}")).isEqualTo(1);
    assertThat(after.get("/api/v1/protection").json().get("databaseProblem").isNull()).isFalse();
  }
}
