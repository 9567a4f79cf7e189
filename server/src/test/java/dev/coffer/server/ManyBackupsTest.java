package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A folder of thousands, a crowd of visitors, and a database that has gone away. */
class ManyBackupsTest {
  private static final int BACKUPS = 5_000;
  private static final int REQUESTS = 200;

  @Test
  void staysUsableAndHonest() throws Exception {
    try (Site site = Site.ready()) {
      Visitor admin = site.admin();
      admin.post("/admin/backup", Map.of("reason", "The one that was copied"));
      Waiting.until("a backup", () -> site.files().stream().anyMatch(ManyBackupsTest::published));
      String first =
          site.files().stream().filter(ManyBackupsTest::published).findFirst().orElseThrow();
      copy(site.backups().resolve("comprehensive").resolve(first));
      assertThat(admin.get("/admin/backup-list").body()).contains("5,000 backups");
      assertThat(admin.get("/admin/backup").body()).contains("5,000 backups");

      manyAtOnce(admin);
      theDatabaseGoesAway(site, admin);
    }
  }

  private static boolean published(String name) {
    return name.startsWith("comprehensive") && name.endsWith(".json.zst");
  }

  private static void copy(Path backup) throws IOException {
    for (int copy = 1; copy < BACKUPS; copy++) {
      String name =
          String.format(
              Locale.ROOT,
              "comprehensive-backup-2025-01-01T%02d-%02d-%02d-000Z.json.zst",
              copy / 3600,
              copy / 60 % 60,
              copy % 60);
      Files.createLink(backup.resolveSibling(name), backup);
    }
  }

  private static void manyAtOnce(Visitor admin) throws InterruptedException, ExecutionException {
    try (ExecutorService crowd = Executors.newFixedThreadPool(REQUESTS)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int request = 0; request < REQUESTS; request++) {
        answers.add(crowd.submit(() -> admin.get("/admin/work").status()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }

  private static void theDatabaseGoesAway(Site site, Visitor admin) {
    site.portal().close();
    admin.post("/admin/backup", Map.of("reason", "Too late"));
    Waiting.until(
        "the failure", () -> admin.get("/admin/work").body().contains("data-job=\"FAILED\""));

    Visitor.Answer answer =
        site.visitor()
            .postJson(
                "/api/admin/comprehensive-backup",
                "{\"reason\":\"Too late\"}",
                "Authorization",
                "Bearer " + site.token("CREATE"));
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().get("code").stringValue()).isEqualTo("DATABASE_UNKNOWN");
    assertThat(admin.get("/admin/backup").body())
        .contains("The last backup that was begun has failed");
    assertThat(site.files().stream().filter(ManyBackupsTest::published)).hasSize(BACKUPS);
  }
}
