package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.model.BackupKind;
import dev.coffer.portal.profile.PortalProfiles;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Green is a backup of this database, signed by somebody who is trusted now. */
@ExtendWith(SharedSite.class)
class WhoseBackupTest {

  @Test
  void aBackupOfAnotherDatabaseProtectsNothingHere(Site site) throws IOException {
    Program program = new Program(site, "EVERYTHING");
    String own = taken(site, program);
    KeyHome keys = KeyHome.at(site.home());
    try (TestDatabase other = TestDatabase.create(Servers.embedded(18))) {
      other.execute("CREATE TABLE note (id int PRIMARY KEY)");
      Path file =
          Backups.take(
                  new BackupRequest(
                      ConnectionSettings.resolve(Optional.of(other.url()), Map.of(), site.home()),
                      BackupKind.COMPREHENSIVE,
                      "Of another one",
                      "tester",
                      site.backups(),
                      Compression.ZSTD,
                      PortalProfiles.all(),
                      keys,
                      List.of(),
                      1,
                      "test"),
                  Progress.SILENT)
              .file();
      String name = String.valueOf(file.getFileName());

      assertThat(program.get("/api/v1/protection").json().get("newest").get("name").stringValue())
          .isEqualTo(own);
      Visitor admin = site.admin();
      for (String page : List.of("/admin/backup-list", "/admin/backup/" + name)) {
        assertThat(admin.get(page).body())
            .contains("of another database: <span>" + other.name() + "<");
      }
      assertThat(admin.get("/admin/backup/" + name).body())
          .contains("There is no backup of this kind before it");
      assertThat(admin.get("/admin/backup/" + own).body()).doesNotContain("of another database");
      Files.delete(file);
    }
  }

  private static Path take(Site site, String url) {
    return Backups.take(
            new BackupRequest(
                ConnectionSettings.resolve(Optional.of(url), Map.of(), site.home()),
                BackupKind.COMPREHENSIVE,
                "Of another one",
                "tester",
                site.backups(),
                Compression.ZSTD,
                PortalProfiles.all(),
                KeyHome.at(site.home()),
                List.of(),
                1,
                "test"),
            Progress.SILENT)
        .file();
  }

  @Test
  void oneOfTheSameNameOnAnotherServerProtectsNothingHere(Site site) throws IOException {
    Program program = new Program(site, "EVERYTHING");
    String own = taken(site, program);
    String name = site.portal().name();
    try (TestDatabase there = TestDatabase.create(Servers.debian15())) {
      there.execute("CREATE DATABASE " + name);
      try {
        Path file = take(site, Servers.debian15().url(name));

        assertThat(program.get("/api/v1/protection").json().get("newest").get("name").stringValue())
            .isEqualTo(own);
        assertThat(site.admin().get("/admin/backup-list").body())
            .contains("of another database: <span>" + name + " on another server<");
        Files.delete(file);
      } finally {
        there.execute("DROP DATABASE " + name);
      }
    }
  }

  @Test
  void oneThatDoesNotSayWhichServerItIsOfMakesNoGreenLight(Site site) throws IOException {
    Program program = new Program(site, "EVERYTHING");
    var _ = taken(site, program);
    assertThat(level(program)).isEqualTo("green");
    String role = TestDatabase.uniqueName("reader");
    site.portal()
        .execute(
            "CREATE ROLE %1$s LOGIN PASSWORD 'x'; GRANT pg_read_all_data TO %1$s;".formatted(role)
                + " REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
    try {
      Path file = take(site, site.portal().url().replaceFirst("//[^@]*@", "//" + role + ":x@"));
      String name = String.valueOf(file.getFileName());
      var _ = program.ended(program.post("/api/v1/backups/" + name + "/prove", "{}"));
      Waiting.until("the end of its proof", site::idle);

      assertThat(state(program, name)).isEqualTo("proven");
      assertThat(level(program)).isEqualTo("yellow");
      Files.delete(file);
    } finally {
      site.portal()
          .execute(
              "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC;"
                  + " DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
    }
    assertThat(level(program)).isEqualTo("green");
  }

  private static String level(Program program) {
    return program.get("/api/v1/protection").json().get("level").stringValue();
  }

  @Test
  void aProofCountsAsLongAsItsSignerIsTrusted(Site site) throws IOException {
    Program program = new Program(site, "EVERYTHING");
    String name = taken(site, program);
    assertThat(state(program, name)).isEqualTo("proven");
    Path key = KeyHome.at(site.home()).verifyKeyFile();
    Path away = key.resolveSibling("away");
    Files.move(key, away);
    try {
      assertThat(state(program, name)).isNotEqualTo("proven");
    } finally {
      Files.move(away, key);
    }
    assertThat(state(program, name)).isEqualTo("proven");
  }

  private static String taken(Site site, Program program) {
    String name =
        program
            .ended(program.post("/api/v1/backups", "{\"reason\":\"Of this one\"}"))
            .get("subject")
            .stringValue();
    Waiting.until("the end of its proof", site::idle);
    return name;
  }

  /** As the list tells it, which keeps in mind what it read. */
  private static String state(Program program, String name) {
    return program
        .get("/api/v1/backups?size=200")
        .json()
        .get("items")
        .valueStream()
        .filter(backup -> backup.get("name").stringValue().equals(name))
        .findFirst()
        .orElseThrow()
        .get("state")
        .stringValue();
  }
}
