package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Schedules and retention, as their page shows and changes them. */
class SchedulesTest {
  private static final Pattern EDIT = Pattern.compile("/admin/schedules/([0-9a-f-]{36})/edit");
  private static Site site;

  @BeforeAll
  static void open() {
    site = Site.ready();
  }

  @AfterAll
  static void close() {
    site.close();
  }

  private static JdbcClient state() {
    return JdbcClient.create(
        new DriverManagerDataSource(
            "jdbc:h2:async:"
                + site.home().resolve("state").resolve("coffer").toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0",
            "coffer",
            ""));
  }

  private static Map<String, String> form(String name, String cron) {
    return Map.of(
        "name",
        name,
        "cron",
        cron,
        "zone",
        "Europe/London",
        "kind",
        "comprehensive",
        "reason",
        "By the clock");
  }

  /** Adds a schedule that is due in half a year at the earliest, and gives its id. */
  private static String add(String name) {
    int month = Instant.now().atZone(ZoneOffset.UTC).plusMonths(6).getMonthValue();
    return add(name, "0 2 1 " + month + " *");
  }

  private static String add(String name, String cron) {
    Visitor.Answer page = site.admin().post("/admin/schedules", form(name, cron));
    assertThat(page.path()).isEqualTo("/admin/schedules");
    Matcher id =
        EDIT.matcher(
            page.body()
                .substring(page.body().indexOf("data-schedule=\"" + name.replaceAll("\\W.*", ""))));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static void delete(String id) {
    site.admin().post("/admin/schedules/" + id + "/delete", Map.of());
  }

  private static void makeDue(String id, Instant at) {
    state()
        .sql("UPDATE scheduled_tasks SET execution_time = ? WHERE task_instance = ?")
        .params(at.atOffset(ZoneOffset.UTC), id)
        .update();
    state()
        .sql("UPDATE schedule SET next_at = ? WHERE id = ?")
        .params(at.atOffset(ZoneOffset.UTC), id)
        .update();
  }

  private static void awaitRuns(String id, int runs, String name) {
    Waiting.until(
        "a run of " + name,
        () ->
            runs
                == state()
                    .sql("SELECT count(*) FROM job WHERE actor = ? AND state = 'DONE'")
                    .param("schedule " + name)
                    .query(Integer.class)
                    .single());
    Waiting.until(
        "the end of the run of " + name,
        () ->
            state()
                .sql(
                    "SELECT count(*) FROM scheduled_tasks WHERE task_instance = ? AND NOT picked"
                        + " AND execution_time > CURRENT_TIMESTAMP")
                .param(id)
                .query(Integer.class)
                .single()
                .equals(1));
  }

  private static List<String> backups() {
    return site.files().stream()
        .filter(name -> name.matches("comprehensive-backup-.*\\.json\\.zst"))
        .toList();
  }

  @Test
  void aScheduleIsPreviewedAddedChangedPausedAndDeleted() {
    Visitor admin = site.admin();
    assertThat(
            admin.get("/admin/schedules/preview?cron=0%202%20*%20*%20*&zone=Europe/London").body())
        .contains("Every day at 02:00 Europe/London", "next ", ", 02:00");
    assertThat(admin.get("/admin/schedules/preview?cron=61%202&zone=Europe/London").body())
        .contains("Write five fields");
    assertThat(admin.get("/admin/schedules/preview?cron=0%200%2030%202%20*&zone=UTC").body())
        .contains("That day never comes");

    String id = add("Nightly <b>", "0 2 * * *");
    assertThat(admin.get("/admin/schedules").body())
        .contains("Nightly &lt;b&gt;", "Every day at 02:00 Europe/London")
        .doesNotContain("Nightly <b>");
    assertThat(admin.get("/admin/backup").body())
        .contains("Next scheduled backup", "Nightly &lt;b");

    admin.post("/admin/schedules/" + id + "/edit", form("Weekly", "0 3 * * SUN"));
    assertThat(admin.get("/admin/schedules").body()).contains("Every Sunday at 03:00");
    Visitor.Answer paused =
        admin.post("/admin/schedules/" + id + "/pause", Map.of("paused", "true"));
    assertThat(paused.body()).contains(">paused<", "Let it go on");
    assertThat(scheduled(id)).isZero();
    admin.post("/admin/schedules/" + id + "/pause", Map.of("paused", "false"));
    assertThat(scheduled(id)).isEqualTo(1);

    delete(id);
    assertThat(admin.get("/admin/schedules").body()).doesNotContain("Every Sunday");
    assertThat(scheduled(id)).isZero();
    assertThat(admin.get("/admin/schedules/" + id + "/edit").status()).isEqualTo(404);
    assertThat(admin.get("/admin/audit").body())
        .contains("Schedule created", "Schedule changed", "Schedule deleted");
  }

  private static int scheduled(String id) {
    return state()
        .sql("SELECT count(*) FROM scheduled_tasks WHERE task_instance = ?")
        .param(id)
        .query(Integer.class)
        .single();
  }

  @Test
  void whatIsWrongIsSaidAndWhatWasTypedStays() {
    Visitor admin = site.admin();
    String id = add("Taken");

    assertThat(admin.post("/admin/schedules", form("Taken", "0 2 * * *")).body())
        .contains("Another schedule has that name");
    assertThat(admin.post("/admin/schedules", form("Odd", "0 25 * * *")).body())
        .contains("25 is not an hour", "value=\"Odd\"");
    assertThat(admin.post("/admin/schedules", form(" ", "0 2 * * *")).body())
        .contains("Give it a name");
    assertThat(
            admin
                .post(
                    "/admin/schedules",
                    Map.of(
                        "name",
                        "X",
                        "cron",
                        "0 2 * * *",
                        "zone",
                        "Mars/Base",
                        "kind",
                        "comprehensive",
                        "reason",
                        "y"))
                .body())
        .contains("Choose a time zone");
    delete(id);
  }

  @Test
  void theRolesMayWhatTheyMay() {
    String id = add("For roles");
    Visitor operator = site.user("olga", "OPERATOR");
    Visitor auditor = site.user("aldo", "AUDITOR");

    for (Visitor person : List.of(operator, auditor)) {
      assertThat(person.get("/admin/schedules").body())
          .contains("For roles")
          .doesNotContain("Add a schedule", "Save the rule", "Pause");
      assertThat(person.get("/admin/schedules/new").status()).isEqualTo(403);
      for (String action : List.of("edit", "pause", "delete")) {
        assertThat(person.post("/admin/schedules/" + id + "/" + action, Map.of()).status())
            .as(action)
            .isEqualTo(403);
      }
      assertThat(person.post("/admin/schedules", form("Mine", "* * * * *")).status())
          .isEqualTo(403);
      assertThat(person.post("/admin/schedules/retention", Map.of("newest", "1")).status())
          .isEqualTo(403);
    }
    assertThat(auditor.post("/admin/schedules/" + id + "/run", Map.of()).status()).isEqualTo(403);
    assertThat(site.admin().postBare("/admin/schedules/" + id + "/run", Map.of()).status())
        .isEqualTo(403);
    int before = backups().size();
    assertThat(operator.post("/admin/schedules/" + id + "/run", Map.of()).path())
        .isEqualTo("/admin/backup");
    Waiting.until("a backup", () -> backups().size() == before + 1 && site.idle());
    delete(id);
  }

  @Test
  void aRunThatFellOutIsMadeUpForAndSaid() {
    String id = add("Quarterly");

    site.restart(() -> makeDue(id, Instant.now().minus(Duration.ofDays(2))));

    awaitRuns(id, 1, "Quarterly");
    for (String page : List.of("/admin/backup", "/admin/schedules")) {
      assertThat(site.admin().get(page).body())
          .as(page)
          .contains("1 run did not take place when due", "as soon as it was back");
    }
    assertThat(site.admin().get("/admin/audit").body())
        .contains("Scheduled run missed", "schedule Quarterly", "By the clock");

    makeDue(id, Instant.now());
    awaitRuns(id, 2, "Quarterly");
    assertThat(site.admin().get("/admin/backup").body()).doesNotContain("did not take place");
    delete(id);
  }

  @Test
  void whatTheRuleDoesNotKeepGoesAfterAScheduledBackupAndIsSaidBefore() {
    Visitor admin = site.admin();
    String id = add("Tidy");
    while (backups().size() < 3) {
      int before = backups().size();
      admin.post("/admin/schedules/" + id + "/run", Map.of());
      Waiting.until("a backup", () -> backups().size() == before + 1 && site.idle());
    }
    List<String> before = backups();
    admin.post("/admin/backup/" + before.getFirst() + "/keep", Map.of("keep", "true"));
    String zeros = "&daily=0&weekly=0&monthly=0&yearly=0&zone=UTC";
    assertThat(admin.get("/admin/schedules/retention?newest=1" + zeros).body())
        .contains((before.size() - 2) + " backup", "would be deleted now")
        .contains("it is the newest", "it is marked to be kept for ever");
    assertThat(admin.get("/admin/schedules/retention?newest=0" + zeros).body())
        .contains("has to be from 1 to 10000");
    assertThat(backups()).isEqualTo(before);

    Map<String, String> rule =
        Map.of(
            "newest", "1", "daily", "0", "weekly", "0", "monthly", "0", "yearly", "0", "zone",
            "UTC", "active", "true");
    assertThat(admin.post("/admin/schedules/retention", rule).body()).contains("Saved.");
    assertThat(backups()).as("nothing goes at once").isEqualTo(before);
    makeDue(id, Instant.now());
    awaitRuns(id, 1, "Tidy");

    // The newest, the one marked, and the last that was proven: the newest is not yet.
    assertThat(backups())
        .hasSize(3)
        .contains(before.getFirst(), before.getLast())
        .doesNotContainAnyElementsOf(before.subList(1, before.size() - 1));
    assertThat(admin.get("/admin/audit").body())
        .contains("Retention changed", "Backup deleted", "Retention keeps the newest 1");
    delete(id);
    admin.post(
        "/admin/schedules/retention",
        Map.of(
            "newest", "9", "daily", "0", "weekly", "0", "monthly", "0", "yearly", "0", "zone",
            "UTC"));
    assertThat(admin.get("/admin/schedules").body()).contains("Nothing is deleted by itself now");
  }
}
