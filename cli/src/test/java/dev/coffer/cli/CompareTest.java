package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code coffer compare}, on a small portal. */
final class CompareTest {
  @TempDir static Path origin;

  private static TestDatabase sample;

  private TestDatabase portal;

  @TempDir Path home;

  @BeforeAll
  static void fill() {
    sample = TestDatabase.create(Servers.debian15());
    Run run = Run.coffer(origin, "sample", "--database", sample.url(), "--scale", "0.05");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
  }

  @AfterAll
  static void dropSample() {
    sample.close();
  }

  @BeforeEach
  void copy() {
    portal = TestDatabase.createFrom(sample);
  }

  @AfterEach
  void drop() {
    portal.close();
  }

  private Path backup() {
    Run run = Run.coffer(home, "backup", "-q", "-k", "database", "--database", portal.url());
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return Path.of(run.lastLine());
  }

  private Run compare(String... more) {
    String[] arguments = new String[more.length + 1];
    arguments[0] = "compare";
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Run.coffer(home, Map.of("DATABASE_URL", portal.url()), arguments);
  }

  private void change() {
    portal.execute(
        """
        UPDATE sales SET "accountNumber" = '31415926', "customerLastName" = 'Newname'
        WHERE id = (SELECT min(id) FROM sales);
        UPDATE users SET password = '$2b$12$PlantedSecret';
        DELETE FROM sms_logs WHERE id IN (SELECT id FROM sms_logs ORDER BY id LIMIT 14)
        """);
  }

  @Test
  void anUnchangedDatabaseDoesNotDiffer() {
    backup();

    Run run = compare("latest", "--exit-code");

    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).startsWith("Nothing differs since");
    assertThat(run.err()).doesNotContain("NOTICE");
  }

  @Test
  void theSummaryUsesThePortalsWords() {
    backup();
    change();

    Run run = compare("latest");
    Run failing = compare("latest", "--exit-code", "--table", "sales");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out().lines().findFirst().orElseThrow())
        .startsWith("14 SMS deleted, ")
        .contains(
            " passwords changed, bank details of 1 customer changed, 1 customer changed since ");
    assertThat(run.out()).contains("smsLogs", "accountNumber 1", "customerLastName 1");
    assertThat(failing.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(failing.out()).doesNotContain("smsLogs");
  }

  @Test
  void rowsShowKeysAndValuesButNoSecret() throws IOException {
    Path first = backup();
    String id = portal.value("SELECT min(id) FROM sales");
    String name = portal.value("SELECT \"customerLastName\" FROM sales WHERE id = '" + id + "'");
    change();
    Path second = backup();

    Run text = compare(second.toString(), first.toString(), "--rows");
    JsonNode json =
        compare(first.toString(), second.toString(), "--rows", "--json", "--table", "sales").json();
    Files.delete(home.resolve(".coffer/keys/identity.txt"));
    Run closed = compare(first.toString(), second.toString(), "--rows", "--table", "sales");

    assertThat(text.status()).as(text.err()).isEqualTo(ExitStatus.DONE);
    assertThat(text.out())
        .contains(
            "~ id=" + id, "customerLastName: " + name + " -> Newname", "accountNumber changed")
        .contains("password changed")
        .doesNotContain("31415926", "$2b$");
    JsonNode row = json.get("tables").get(0).get("rows").get(0);
    assertThat(json.get("success").booleanValue()).isTrue();
    assertThat(json.get("same").booleanValue()).isFalse();
    assertThat(json.get("changed").intValue()).isEqualTo(1);
    assertThat(row.get("change").stringValue()).isEqualTo("changed");
    assertThat(row.get("key").get("id").stringValue()).isEqualTo(id);
    assertThat(row.get("sealedChanged").booleanValue()).isTrue();
    assertThat(row.get("columns").toString())
        .contains("\"to\":\"Newname\"")
        .contains("{\"column\":\"accountNumber\",\"sealed\":true}")
        .doesNotContain("31415926");
    assertThat(closed.out()).contains("sealed values changed").doesNotContain("31415926");
  }

  @Test
  void badInputIsTold() throws IOException {
    Path first = backup();
    Run plain =
        Run.coffer(
            home, "backup", "-q", "-k", "sales", "--compression", "none", "-d", portal.url());
    byte[] bytes = Files.readAllBytes(Path.of(plain.lastLine()));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    bytes[text.indexOf("\"id\":\"", text.indexOf("\"sales\":[")) + 7] ^= 4;
    Path damaged = Files.write(home.resolve("damaged.json"), bytes);
    portal.execute("UPDATE sales SET \"updatedAt\" = now(); UPDATE \"Lead\" SET notes = 'n'");

    assertThat(compare("latest", "--table", "none").err()).contains("[TABLE_NOT_FOUND]");
    assertThat(compare("latest", "--table", "none").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(compare("no-such-backup").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(compare(first.toString(), first.toString(), "-d", portal.url()).status())
        .isEqualTo(ExitStatus.USAGE);
    Run run = compare(damaged.toString());
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(ExitStatus.DAMAGED);
    assertThat(run.err()).contains("[BACKUP_DAMAGED]");
  }

  @Test
  void aFileOfTheEarlierSystemIsComparedAsFarAsItGoes() throws IOException {
    String id = portal.value("SELECT min(id) FROM field_configurations");
    Path file = home.resolve("database-backup-2020-05-04T03-02-01-000Z.json");
    Files.writeString(
        file,
        """
        {"timestamp": "2020-05-04T03:02:01.000Z", "version": "2.0.0",
         "tables": {"fieldConfigurations": [{"id": "%s", "fieldName": "old name",
           "isRequired": true, "createdAt": "2020-01-01T00:00:00.000Z",
           "updatedAt": "2020-01-01T00:00:00.000Z"}]}, "metadata": {"totalRecords": 1}}\
        """
            .formatted(id));

    Run live = compare(file.toString(), "--rows");

    assertThat(live.status()).as(live.err()).isEqualTo(ExitStatus.DONE);
    assertThat(live.out())
        .contains("~ id=" + id, "fieldName: old name -> ", "since 2020-05-04")
        .contains("NOTE: A backup of the earlier system", "not compared: ")
        .doesNotContain("is only in the", "is new");
    Run backup = compare(file.toString(), backup().toString());
    assertThat(backup.status()).as(backup.err()).isEqualTo(ExitStatus.DONE);
    assertThat(backup.out()).contains("fieldConfigurations", "between 2020-05-04");
  }
}
