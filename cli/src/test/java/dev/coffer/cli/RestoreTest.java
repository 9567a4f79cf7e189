package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
      assertThat(coffer(database, "compare", "latest", "--exit-code").status()).isZero();

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
  void oneRecordComesBackAndIsTakenAway() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE person (id int PRIMARY KEY, password text NOT NULL);
          CREATE TABLE sale (id serial PRIMARY KEY, person int REFERENCES person ON DELETE CASCADE, n int);
          INSERT INTO person SELECT i, 's' || i FROM generate_series(1, 9) i;
          INSERT INTO sale (person, n) SELECT i % 9 + 1, i FROM generate_series(1, 30) i;
          """);
      assertThat(coffer(database, "backup", "--kind", "database").status()).isZero();
      String sales = database.value("SELECT count(*) FROM sale WHERE person = 4");
      database.execute("DELETE FROM person WHERE id = 4; UPDATE sale SET n = 0 WHERE person = 5");

      Run plan = coffer(database, "restore", "latest", "--record", "person/4", "--dry-run");
      Run done =
          coffer(
              database,
              "restore",
              "latest",
              "--record",
              "person/4",
              "--confirm",
              database.name(),
              "--json");

      assertThat(plan.out()).contains("person/4  to insert", "|- sale/").doesNotContain("s4");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(database.value("SELECT password FROM person WHERE id = 4")).isEqualTo("s4");
      assertThat(database.value("SELECT count(*) FROM sale WHERE person = 4")).isEqualTo(sales);
      assertThat(database.value("SELECT sum(n) FROM sale WHERE person = 5")).isEqualTo("0");
      database.execute("INSERT INTO sale (person) VALUES (4); DELETE FROM sale WHERE n IS NULL");
      Run undone =
          coffer(
              database,
              "undo",
              done.json().get("restoreId").stringValue(),
              "--confirm",
              database.name());
      assertThat(undone.status()).as(undone.err()).isZero();
      assertThat(database.value("SELECT count(*) FROM person WHERE id = 4")).isEqualTo("0");
      assertThat(database.value("SELECT count(*) FROM sale WHERE person = 4")).isEqualTo("0");
    }
  }

  @Test
  void whatStandsInARecordsWayIsTakenOverWhenTold() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE person (id int PRIMARY KEY, mail text UNIQUE, phone text UNIQUE);
          CREATE TABLE sale (id int PRIMARY KEY, person int REFERENCES person, n int);
          INSERT INTO person SELECT i, 'm' || i, 'p' || i FROM generate_series(1, 9) i;
          INSERT INTO sale SELECT i, i % 9 + 1, i FROM generate_series(1, 30) i;
          """);
      assertThat(coffer(database, "backup", "--kind", "database").status()).isZero();
      database.execute(
          """
          DELETE FROM sale WHERE person = 4 AND id <> 3;
          UPDATE sale SET person = 5 WHERE id = 3;
          DELETE FROM person WHERE id = 4;
          INSERT INTO person VALUES (40, 'm4', 'other')
          """);
      String four = "SELECT string_agg(id::text, ',' ORDER BY id) FROM sale WHERE person = 4";

      Run shown = coffer(database, "restore", "latest", "--record", "person/4", "--dry-run");
      Run plan =
          coffer(database, "restore", "latest", "--record", "person/4", "--take-over", "--dry-run");
      Run done =
          coffer(
              database,
              "restore",
              "latest",
              "--record",
              "person/4",
              "--take-over",
              "--confirm",
              database.name(),
              "--json");

      assertThat(shown.out()).contains("person/4  left alone: unique (mail)", "--take-over");
      assertThat(plan.out())
          .contains("sale/3  differs: person leads to person/5 now", "person/40  only live")
          .contains("would be deleted: [40]");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(database.values("SELECT id FROM person WHERE id IN (4, 40)")).containsExactly("4");
      assertThat(database.value(four)).isEqualTo("3,12,21,30");
      String id = done.json().get("restoreId").stringValue();
      assertThat(coffer(database, "undo", id, "--confirm", database.name()).status()).isZero();
      assertThat(database.values("SELECT id FROM person WHERE id IN (4, 40)"))
          .containsExactly("40");
      assertThat(database.value("SELECT person FROM sale WHERE id = 3")).isEqualTo("5");
    }
  }

  @Test
  void whoIsNeededByOthersIsNotTakenOver() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE person (id int PRIMARY KEY, mail text UNIQUE);
          CREATE TABLE sale (id int PRIMARY KEY, person int REFERENCES person);
          INSERT INTO person SELECT i, 'm' || i FROM generate_series(1, 9) i;
          """);
      assertThat(coffer(database, "backup", "--kind", "database").status()).isZero();
      database.execute(
          """
          DELETE FROM person WHERE id = 4;
          INSERT INTO person VALUES (40, 'm4');
          INSERT INTO sale VALUES (1, 40)
          """);

      Run plan =
          coffer(database, "restore", "latest", "--record", "person/4", "--take-over", "--dry-run");
      Run useless =
          coffer(
              database,
              "restore",
              "latest",
              "--record",
              "person/4",
              "--take-over",
              "--mode",
              "missing");
      Run noRecord = coffer(database, "restore", "latest", "--take-over");

      assertThat(plan.out()).contains("in use by person/40, which others need");
      assertThat(plan.out()).contains("There is nothing to restore.");
      assertThat(useless.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(noRecord.status()).isEqualTo(ExitStatus.USAGE);
    }
  }

  @Test
  void badRowsOfAnEarlierFileAreLeftOutWhenTold() throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute("CREATE TABLE users (id text PRIMARY KEY, born date)");
      Path file = Files.createDirectories(home.resolve("backups/legacy")).resolve("backup-1.json");
      Files.writeString(
          file,
          """
          {"timestamp":"2025-01-02T03:04:05.000Z","version":"1.0","backupType":"database",
          "tables":{"users":[{"id":"a","born":"2000-01-01"},{"id":"b","born":"private"}]},
          "metadata":{"totalRecords":2,"tables":{"users":2}}}
          """);
      String[] command = {
        "restore", file.toString(), "--mode", "merge", "--confirm", database.name()
      };

      Run refused = coffer(database, command);
      Run done = coffer(database, and(command, "--skip-bad-rows"));
      Run exact =
          coffer(database, "restore", file.toString(), "--mode", "exact", "--skip-bad-rows");

      assertThat(refused.status()).isNotZero();
      assertThat(refused.err()).contains("--skip-bad-rows").doesNotContain("private");
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(done.out()).contains("users").doesNotContain("private");
      assertThat(database.values("SELECT id FROM users")).containsExactly("a");
      assertThat(exact.status()).isEqualTo(ExitStatus.USAGE);
      Run backup = coffer(database, "backup", "--kind", "database");
      assertThat(coffer(database, "restore", backup.lastLine(), "--skip-bad-rows").status())
          .isEqualTo(ExitStatus.USAGE);
    }
  }

  private static String[] and(String[] command, String more) {
    String[] all = Arrays.copyOf(command, command.length + 1);
    all[command.length] = more;
    return all;
  }

  @Test
  void aFileOfTheEarlierSystemRestores() throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE users (id text PRIMARY KEY, email text, password text NOT NULL);
          INSERT INTO users VALUES ('a', 'new@x.example', 'kept'), ('c', 'c@x.example', 'c');
          """);
      Path file = Files.createDirectories(home.resolve("backups/legacy")).resolve("backup-1.json");
      Files.writeString(
          file,
          """
          {"timestamp":"2025-01-02T03:04:05.000Z","version":"1.0","backupType":"database",
          "tables":{"users":[{"id":"a","email":"old@x.example","password":"[ENCRYPTED]"},
          {"id":"b","email":"b@x.example","password":"[ENCRYPTED]"}]},
          "metadata":{"totalRecords":2,"tables":{"users":2}}}
          """);

      Run plan = coffer(database, "restore", file.toString(), "--mode", "merge");
      Run without =
          coffer(database, "restore", file.toString(), "--mode", "merge", "--without-key");
      Run refused =
          coffer(
              database,
              "restore",
              file.toString(),
              "--mode",
              "merge",
              "--confirm",
              database.name());
      Run done =
          coffer(
              database,
              "restore",
              file.toString(),
              "--mode",
              "merge",
              "--without-key",
              "--confirm",
              database.name());

      assertThat(plan.lastLine())
          .endsWith(
              "--confirm "
                  + database.name()
                  + " --identity FILE, or --without-key instead of the key");
      assertThat(without.lastLine()).endsWith("--confirm " + database.name());
      assertThat(refused.status()).as(refused.err()).isEqualTo(ExitStatus.REFUSED);
      assertThat(done.status()).as(done.err()).isZero();
      assertThat(done.out()).contains("These need new values: [\"b\"]").doesNotContain("a reset");
      assertThat(database.values("SELECT id || ' ' || email FROM users ORDER BY id"))
          .containsExactly("a old@x.example", "b b@x.example", "c c@x.example");
      assertThat(database.value("SELECT password FROM users WHERE id = 'a'")).isEqualTo("kept");
      assertThat(database.value("SELECT password FROM users WHERE id = 'b'"))
          .startsWith("!sealed:");
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
