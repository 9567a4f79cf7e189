package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code coffer restore} and {@code coffer undo}, as a person and a program use them. */
final class RestoreTest {
  @TempDir Path home;

  private Run coffer(TestDatabase database, String... arguments) {
    return Run.coffer(
        home,
        Map.of("DATABASE_URL", database.url(), "COFFER_HOME", home.resolve("coffer").toString()),
        arguments);
  }

  @Test
  void seenDoneAndTakenBack() throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          "CREATE TABLE item (id serial PRIMARY KEY, note text);"
              + " INSERT INTO item (note) SELECT 'private-value' FROM generate_series(1, 9)");
      assertThat(coffer(database, "backup", "--kind", "database").status()).isZero();
      database.execute("DELETE FROM item WHERE id < 4; INSERT INTO item (note) VALUES ('late')");

      Run plan = coffer(database, "restore", "latest", "--dry-run");
      Run unconfirmed = coffer(database, "restore", "latest", "--json");
      Run wrong = coffer(database, "restore", "latest", "--confirm", "other");
      Run done = coffer(database, "restore", "latest", "--confirm", database.name(), "--json");

      assertThat(plan.status()).as(plan.err()).isZero();
      assertThat(plan.out())
          .contains("item", "[10]", "Nothing was changed.")
          .doesNotContain("private-value");
      assertThat(unconfirmed.status()).isEqualTo(ExitStatus.REFUSED);
      assertThat(unconfirmed.json().get("applied").booleanValue()).isFalse();
      assertThat(wrong.status()).isEqualTo(ExitStatus.REFUSED);
      assertThat(done.status()).as(done.err()).isZero();
      JsonNode answer = done.json();
      assertThat(answer.get("tables").get(0).get("inserted").intValue()).isEqualTo(3);
      assertThat(Path.of(answer.get("safetyBackup").stringValue())).exists();
      assertThat(database.value("SELECT count(*) FROM item")).isEqualTo("9");
      assertThat(coffer(database, "list", "--json").json().get("count").intValue()).isEqualTo(2);

      String id = answer.get("restoreId").stringValue();
      Run undone = coffer(database, "undo", id, "--confirm", database.name());
      assertThat(undone.status()).as(undone.err()).isZero();
      assertThat(database.value("SELECT count(*) FROM item")).isEqualTo("7");
      assertThat(coffer(database, "undo", id, "--confirm", database.name()).status())
          .isEqualTo(ExitStatus.USAGE);
      assertThat(coffer(database, "restore", "latest", "--confirm", database.name()).status())
          .isZero();
      assertThat(database.value("SELECT count(*) FROM item")).isEqualTo("9");
    }
  }

  @Test
  void anEmptyDatabaseIsRebuilt() {
    try (TestDatabase source = TestDatabase.create(Servers.debian15());
        TestDatabase target = TestDatabase.create(Servers.debian15())) {
      source.execute("CREATE TABLE item AS SELECT i FROM generate_series(1, 5) i");
      assertThat(coffer(source, "backup", "--kind", "database").status()).isZero();

      Run plan = coffer(target, "restore", "latest", "--dry-run");
      Run done = coffer(target, "restore", "latest", "--confirm", target.name());

      assertThat(plan.out()).contains("rebuilt whole");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(target.value("SELECT count(*) FROM item")).isEqualTo("5");
    }
  }

  @Test
  void aDamagedBackupTouchesNothing() throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute("CREATE TABLE item AS SELECT i FROM generate_series(1, 500) i");
      Path backup = Path.of(coffer(database, "backup", "--kind", "database").lastLine());
      byte[] bytes = Files.readAllBytes(backup);
      bytes[bytes.length / 3] ^= 1;
      Files.write(backup, bytes);
      database.execute("DELETE FROM item WHERE i < 50");

      Run run = coffer(database, "restore", backup.toString(), "--confirm", database.name());

      assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DAMAGED);
      assertThat(database.value("SELECT count(*) FROM item")).isEqualTo("451");
      assertThat(Child.filesBelow(home.resolve("backups"))).hasSize(1);
    }
  }
}
