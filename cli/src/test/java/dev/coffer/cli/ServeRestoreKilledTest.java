package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code coffer serve}, killed while it restores: before the rows are written, and at the commit.
 */
final class ServeRestoreKilledTest {
  private static final String SUM =
      "SELECT count(*) || ' ' || coalesce(sum(n), 0) || ' ' || count(*) FILTER (WHERE note = 'x') FROM item";

  @TempDir Path home;

  @Test
  void theDatabaseIsAsBeforeOrRestoredAndThePagesSayWhich() throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          "CREATE TABLE item (id int PRIMARY KEY, n int, note text);"
              + " INSERT INTO item SELECT i, i, 'x' FROM generate_series(1, 2000) i");
      String whole = database.value(SUM);
      String damaged = killedBeforeItWrote(database);
      assertThat(database.value(SUM)).isEqualTo(damaged).isNotEqualTo(whole);
      killedAtTheEnd(database);
      String now = database.value(SUM);
      assertThat(now).isIn(whole, damaged);
      afterwards(database, now.equals(whole));
    }
  }

  private Child serve(TestDatabase database) throws Exception {
    Files.deleteIfExists(home.resolve("out"));
    return Child.coffer(
        home,
        "serve",
        "--port",
        "0",
        "--prove-server",
        database.server().url("postgres"),
        "--database",
        database.url());
  }

  /** Gives what the table held at that moment. */
  private String killedBeforeItWrote(TestDatabase database) throws Exception {
    Child child = serve(database);
    try (ServedPages pages = ServedPages.ofTheFirstStart(home);
        Connection other = database.connect();
        Statement statement = other.createStatement()) {
      pages.post("/admin/backup", Map.of("reason", "Before it was killed"));
      pages.job("BACKUP", ServedPages::over);
      pages.job("PROOF", ServedPages::over);
      database.execute(
          "DELETE FROM item WHERE id % 2 = 0; UPDATE item SET note = 'y' WHERE id % 5 = 0");
      String damaged = database.value(SUM);
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE item IN ROW EXCLUSIVE MODE");
      confirm(pages, database);
      awaitSession(database, "wait_event_type = 'Lock'");
      child.kill();
      child.end();
      other.rollback();
      awaitSession(database, "");
      return damaged;
    } finally {
      child.kill();
    }
  }

  private void killedAtTheEnd(TestDatabase database) throws Exception {
    Child child = serve(database);
    try (ServedPages pages = ServedPages.ofALaterStart(home)) {
      JsonNode given = pages.job("RESTORE", ServedPages::over);
      assertThat(given.get("state").stringValue()).isEqualTo("FAILED");
      assertThat(given.get("outcome").stringValue()).contains("The server stopped");
      assertThat(pages.get("/admin/restores")).contains("Nothing was restored yet");
      confirm(pages, database);
      awaitEntry();
    } finally {
      child.kill();
      child.end();
    }
    awaitSession(database, "");
  }

  /** Waits until the journal knows of the restore, which is then about to be committed. */
  private void awaitEntry() throws InterruptedException {
    Path journal = home.resolve("backups/restores");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      String[] entries = journal.toFile().list((folder, name) -> name.matches("R-.*\\.json"));
      if (entries != null && entries.length > 0) {
        return;
      }
      TimeUnit.MICROSECONDS.sleep(200);
    }
    throw new AssertionError("the restore was never written down");
  }

  /** What is not known at once is known once the database was asked, and is as the rows are. */
  private void afterwards(TestDatabase database, boolean restored) throws Exception {
    Child child = serve(database);
    try (ServedPages pages = ServedPages.ofALaterStart(home)) {
      assertThat(pages.job("RESTORE", ServedPages::over).get("state").stringValue())
          .isIn("FAILED", "DONE");
      String before = pages.get("/admin/restores");
      assertThat(before.contains("Not known yet"))
          .isEqualTo(before.contains("A restore was cut off at the very end"));
      pages.post("/admin/restore/settle", Map.of());
      assertThat(pages.get("/admin/restores"))
          .contains(restored ? ">Done<" : ">Did not happen<")
          .doesNotContain("cut off at the very end", "Not known yet");
      assertThat(pages.json("/api/v1/audit/check").get("whole").booleanValue()).isTrue();
      assertThat(Child.filesBelow(home.resolve("backups")))
          .noneMatch(file -> file.endsWith(".partial"));
    } finally {
      child.signal("TERM");
      child.end();
    }
  }

  private static void confirm(ServedPages pages, TestDatabase database) throws Exception {
    plan(pages);
    confirmPlan(pages, database);
  }

  private static void plan(ServedPages pages) throws Exception {
    String backup =
        pages.json("/api/v1/backups?q=killed").get("items").get(0).get("name").stringValue();
    pages.post(
        "/admin/restore",
        Map.of("backup", backup, "what", "everything", "mode", "merge", "key", "without"));
    JsonNode planned =
        pages.job(
            "RESTORE",
            job -> job.get("reason").stringValue().startsWith("Planning") && ServedPages.over(job));
    assertThat(planned.get("state").stringValue()).as(planned.toString()).isEqualTo("DONE");
  }

  private static void confirmPlan(ServedPages pages, TestDatabase database) throws Exception {
    String plan = pages.job("RESTORE", ServedPages::over).get("subject").stringValue();
    pages.post("/admin/restore/plan/" + plan + "/confirm", Map.of("confirm", database.name()));
  }

  /** Waits until a session of Coffer's is as wanted; for an empty condition, until none is left. */
  private static void awaitSession(TestDatabase database, String condition)
      throws InterruptedException {
    String sessions =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'coffer%'"
            + " AND datname = current_database()"
            + (condition.isEmpty() ? "" : " AND " + condition);
    for (int i = 0; i < 1500; i++) {
      if (database.value(sessions).equals("0") == condition.isEmpty()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("never came about: " + sessions);
  }
}
