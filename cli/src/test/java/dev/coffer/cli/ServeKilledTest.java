package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Proxy;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code coffer serve} as a real process, to which in mid-work the worst happens. */
final class ServeKilledTest {
  private static final long AMONG_THE_ROWS = 8 << 20;
  private static final int SIGKILLED = 128 + 9;
  private static final String ON_A_SMALL_DISK =
      "mount -t tmpfs -o size=3m none \"$COFFER_BACKUPS\" && exec \"$@\"";

  private static TestDatabase database;

  @TempDir Path home;

  @BeforeAll
  static void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE customer (id int PRIMARY KEY, note text) WITH (autovacuum_enabled = off);
        INSERT INTO customer
        SELECT i, 'planted-note' || (SELECT string_agg(gen_random_uuid()::text, '')
          FROM generate_series(1, 20) n WHERE n + i > 0)
        FROM generate_series(1, 20000) i
        """);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private String[] serve(int port) {
    return new String[] {
      "serve",
      "--port",
      "0",
      "--prove-server",
      database.server().url("postgres"),
      "--database",
      database.url().replace(":" + database.server().port() + "/", ":" + port + "/")
    };
  }

  @Test
  void whatAKilledServerWasAtIsGivenUpAndTheStateIsWhole() throws Exception {
    try (Proxy proxy = Proxy.stallingAfter(AMONG_THE_ROWS, database.server().port())) {
      Child first = Child.coffer(home, serve(proxy.port()));
      try (ServedPages pages = ServedPages.ofTheFirstStart(home)) {
        pages.post("/admin/backup", Map.of("reason", "Before it was killed"));
        proxy.awaitStalled();
        pages.job("BACKUP", job -> job.get("state").stringValue().equals("RUNNING"));
        assertThat(files()).anyMatch(file -> file.endsWith(".partial"));
      } finally {
        first.kill();
      }
      assertThat(first.end().status()).isEqualTo(SIGKILLED);
    }
    assertThat(files()).isNotEmpty().allMatch(ServeKilledTest::leftover);
    List<Path> workOfTheFirst = workFolders();
    assertThat(workOfTheFirst).hasSize(1);
    Files.delete(home.resolve("out"));

    Child second = Child.coffer(home, serve(database.server().port()));
    try (ServedPages pages = ServedPages.ofALaterStart(home)) {
      JsonNode given = pages.job("BACKUP", ServedPages::over);
      assertThat(given.get("state").stringValue()).isEqualTo("FAILED");
      assertThat(given.get("outcome").stringValue()).contains("The server stopped");
      assertThat(pages.get("/admin/backup")).contains("Before it was killed", "The server stopped");
      assertThat(pages.json("/api/v1/audit/check").get("whole").booleanValue()).isTrue();
      assertThat(pages.get("/api/v1/audit")).contains("PASSWORD_CHANGED");
      awaitNoLeftovers();
      assertThat(workFolders()).hasSize(1).doesNotContainAnyElementsOf(workOfTheFirst);

      pages.post("/admin/backup", Map.of("reason", "After it was killed"));
      JsonNode done =
          pages.job(
              "BACKUP",
              job -> job.get("reason").stringValue().startsWith("After") && ServedPages.over(job));
      assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("DONE");
    } finally {
      second.signal("TERM");
      second.end();
    }
    assertThat(workFolders()).isEmpty();
  }

  private List<Path> workFolders() throws IOException {
    try (Stream<Path> all = Files.list(home.resolve("coffer"))) {
      return all.filter(each -> each.getFileName().toString().startsWith("coffer-scratch-"))
          .toList();
    }
  }

  @Test
  void whatWaitedWhenItWasKilledIsDoneAfterTheNextStart() throws Exception {
    try (Proxy proxy = Proxy.stallingAfter(AMONG_THE_ROWS, database.server().port())) {
      Child first = Child.coffer(home, serve(proxy.port()));
      try (ServedPages pages = ServedPages.ofTheFirstStart(home)) {
        pages.post("/admin/backup", Map.of("reason", "Under way"));
        proxy.awaitStalled();
        pages.post("/admin/backup", Map.of("reason", "In the queue"));
        pages.job("BACKUP", job -> job.get("state").stringValue().equals("WAITING"));
      } finally {
        first.kill();
      }
      assertThat(first.end().status()).isEqualTo(SIGKILLED);
    }
    Files.delete(home.resolve("out"));

    Child second = Child.coffer(home, serve(database.server().port()));
    try (ServedPages pages = ServedPages.ofALaterStart(home)) {
      JsonNode waited = pages.job("BACKUP", ServedPages::over);
      assertThat(waited.get("reason").stringValue()).isEqualTo("In the queue");
      assertThat(waited.get("state").stringValue()).as(waited.toString()).isEqualTo("DONE");
      JsonNode jobs = pages.json("/api/v1/jobs?kind=BACKUP").get("items");
      assertThat(jobs).hasSize(2);
      assertThat(jobs.get(1).get("state").stringValue())
          .as("what was under way is not begun again")
          .isEqualTo("FAILED");
      assertThat(pages.json("/api/v1/backups").get("total").intValue()).isEqualTo(1);
    } finally {
      second.signal("TERM");
      second.end();
    }
  }

  private static boolean leftover(String file) {
    return file.endsWith(".partial") || file.startsWith(".");
  }

  private void awaitNoLeftovers() throws InterruptedException {
    for (int i = 0; i < 600 && files().stream().anyMatch(file -> file.endsWith(".partial")); i++) {
      Thread.sleep(50);
    }
    assertThat(files()).noneMatch(file -> file.endsWith(".partial"));
  }

  @Test
  void aFullDiskIsSaidAndNothingIsLeftOnIt() throws Exception {
    Child server = Child.within(home, ON_A_SMALL_DISK, serve(database.server().port()));
    try (ServedPages pages = ServedPages.ofTheFirstStart(home)) {
      pages.post("/admin/backup", Map.of("reason", "Too large for it"));
      JsonNode failed = pages.job("BACKUP", ServedPages::over);

      assertThat(failed.get("state").stringValue()).as(failed.toString()).isEqualTo("FAILED");
      assertThat(failed.get("outcome").stringValue())
          .containsPattern("(?i)no space|full|room")
          .doesNotContain("planted", ".partial");
      assertThat(pages.get("/admin/backup")).contains("Too large for it", "Not protected");
      assertThat(pages.json("/api/v1/backups").get("total").intValue()).isZero();
      assertThat(filesSeenBy(server)).noneMatch(file -> file.contains("backup-"));
      assertThat(pages.json("/api/v1/audit/check").get("whole").booleanValue()).isTrue();
    } finally {
      server.kill();
      server.end();
    }
  }

  private List<String> filesSeenBy(Child child) {
    return Child.filesBelow(
        Path.of("/proc", Long.toString(child.id()), "root")
            .resolve(home.resolve("backups").toAbsolutePath().toString().substring(1)));
  }

  private List<String> files() {
    return Child.filesBelow(home.resolve("backups"));
  }
}
