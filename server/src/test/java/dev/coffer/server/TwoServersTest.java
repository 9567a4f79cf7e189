package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** Two servers on one PostgreSQL: what is due is done once. */
class TwoServersTest {
  private static final int RUNS = 3;
  private static final int ASKED = 10;
  private static final String BACKUPS = "/api/v1/backups";

  @Test
  void aScheduleRunsOnOneOfThem() throws InterruptedException {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(18));
        Site site =
            Site.readyOn(
                ConnectionSettings.resolve(
                    Optional.of(database.url()), Map.of(), Path.of("no-service-file")));
        CofferServer other = site.another()) {
      assertThat(other.url()).isNotEqualTo(site.url());
      JdbcClient state =
          JdbcClient.create(
              new DriverManagerDataSource(
                  database.jdbcUrl(), database.server().user(), database.server().password()));
      int month = Instant.now().atZone(ZoneOffset.UTC).plusMonths(6).getMonthValue();
      site.admin()
          .post(
              "/admin/schedules",
              Map.of(
                  "name",
                  "Shared",
                  "cron",
                  "0 2 1 " + month + " *",
                  "zone",
                  "UTC",
                  "kind",
                  "comprehensive",
                  "reason",
                  "Once"));
      for (int run = 1; run <= RUNS; run++) {
        int expected = run;
        state.sql("UPDATE scheduled_tasks SET execution_time = now()").update();
        Waiting.until("run " + run, () -> jobs(state) >= expected && atRest(state));
        // Another that had taken it too would show by now.
        Thread.sleep(600);
        assertThat(jobs(state)).isEqualTo(run);
      }
      assertThat(site.files().stream().filter(name -> name.endsWith(".json.zst"))).hasSize(RUNS);
    }
  }

  @Test
  void whatIsAskedForAtBothIsDoneOnceAndEitherTellsAndEndsIt() throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(18));
        Site site =
            Site.readyOn(
                ConnectionSettings.resolve(
                    Optional.of(database.url()), Map.of(), Path.of("no-service-file")));
        CofferServer other = site.another()) {
      Program here = new Program(site, "EVERYTHING");
      Program there = new Program(new Visitor(other.url()), here.token());
      eachIsDoneOnce(site, here, there);
      Waiting.until("the end of the proofs", site::idle);
      oneIsFollowedAndEndedFromTheOther(site, here, there);
    }
  }

  private static void eachIsDoneOnce(Site site, Program here, Program there) {
    List<Visitor.Answer> asked = new ArrayList<>();
    for (int number = 0; number < ASKED; number++) {
      asked.add((number % 2 == 0 ? here : there).post(BACKUPS, "{\"reason\":\"Once\"}"));
    }
    Set<String> files = new HashSet<>();
    for (Visitor.Answer answer : asked) {
      JsonNode job = there.ended(answer);
      assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("DONE");
      files.add(job.get("subject").stringValue());
    }
    assertThat(files).hasSize(ASKED);
    assertThat(site.files().stream().filter(name -> name.endsWith(".json.zst"))).hasSize(ASKED);
  }

  private static void oneIsFollowedAndEndedFromTheOther(Site site, Program here, Program there)
      throws SQLException {
    try (Connection connection = site.portal().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE sales IN ACCESS EXCLUSIVE MODE");
      String job = here.post(BACKUPS, "{\"reason\":\"Slow\"}").header("Location");
      Waiting.until(
          "its progress, at both",
          () ->
              there.get(job).json().get("state").stringValue().equals("RUNNING")
                  && there.get(job).json().get("progress").isObject()
                  && here.get(job).json().get("progress").isObject());

      assertThat(there.call("DELETE", job, "").status()).isIn(200, 202);

      Waiting.until(
          "its end", () -> here.get(job).json().get("state").stringValue().equals("CANCELLED"));
      connection.rollback();
    }
  }

  private static int jobs(JdbcClient state) {
    return state
        .sql("SELECT count(*) FROM job WHERE kind = 'BACKUP'")
        .query(Integer.class)
        .single();
  }

  private static boolean atRest(JdbcClient state) {
    return state
        .sql(
            "SELECT count(*) FROM scheduled_tasks WHERE NOT picked AND execution_time > now()"
                + " AND NOT EXISTS (SELECT FROM job WHERE state <> 'DONE')")
        .query(Integer.class)
        .single()
        .equals(1);
  }
}
