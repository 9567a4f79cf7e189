package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two servers on one PostgreSQL: what is due is done once. */
class TwoServersTest {
  private static final int RUNS = 3;

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
