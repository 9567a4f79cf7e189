package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
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
import tools.jackson.databind.json.JsonMapper;

/** Every command, one after another, on a real server and a small portal. */
final class FullPathTest {
  @TempDir static Path origin;

  private static TestDatabase portal;

  @TempDir Path home;

  @BeforeAll
  static void fill() {
    portal = TestDatabase.create(Servers.debian15());
    Run sample = Run.coffer(origin, "sample", "--database", portal.url(), "--scale", "0.05");
    assertThat(sample.status()).as(sample.err()).isEqualTo(ExitStatus.DONE);
  }

  @AfterAll
  static void drop() {
    portal.close();
  }

  @Test
  void theLastLineIsThePathOfAFileThatVerifies() {
    Run backup = backup();

    Path file = Path.of(backup.lastLine());
    assertThat(file).isRegularFile().startsWith(home.resolve("backups/comprehensive"));
    assertThat(backup.out()).contains("Before the test", "users.password", " tables");
    assertThat(backup.err()).contains("NOTICE: ", home.resolve(".coffer").toString());
    Run verify = Run.coffer(home, "verify", file.toString());
    assertThat(verify.status()).isEqualTo(ExitStatus.DONE);
    assertThat(verify.out()).startsWith("SOUND");
  }

  @Test
  void quietPrintsThePathAlone() {
    backup();
    Run second = Run.coffer(home, "backup", "-q", "--kind", "database", "--database", portal.url());

    assertThat(second.status()).as(second.err()).isEqualTo(ExitStatus.DONE);
    assertThat(second.err()).isEmpty();
    assertThat(second.out().lines()).hasSize(1);
    assertThat(Path.of(second.lastLine())).startsWith(home.resolve("backups/database"));
  }

  @Test
  void jsonHasTheFieldsOfTheHttpInterface() {
    Run run =
        Run.coffer(
            home, "backup", "--json", "--database", portal.url(), "--reason", "Before the test");

    JsonNode answer = run.json();
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(answer.get("success").booleanValue()).isTrue();
    assertThat(answer.get("backupFileName").stringValue()).matches("comprehensive-backup-.*\\.zst");
    assertThat(Path.of(answer.get("backupPath").stringValue())).isRegularFile();
    assertThat(answer.get("fileSize").stringValue()).matches("\\d+\\.\\d\\dMB");
    assertThat(answer.get("totalRecords").longValue()).isPositive();
    assertThat(answer.get("tables").get("sales").longValue()).isPositive();
    assertThat(answer.get("communicationSummary").get("totalSMS").longValue()).isPositive();
    assertThat(answer.get("timestamp").stringValue()).matches("\\d{4}-.*\\.\\d{3}Z");
    assertThat(answer.has("message")).isTrue();

    JsonNode listing = Run.coffer(home, "list", "--json").json();
    assertThat(listing.get("count").intValue()).isEqualTo(1);
    JsonNode entry = listing.get("backups").get(0);
    assertThat(entry.propertyNames())
        .contains("filename", "timestamp", "size", "records", "tables", "communicationSummary")
        .contains("createdBy", "reason")
        .doesNotContain("corrupted");
    assertThat(entry.get("createdBy").stringValue()).isEqualTo("tester@machine.example");
    assertThat(entry.get("filename")).isEqualTo(answer.get("backupFileName"));
  }

  @Test
  void listsNothingWithAHintAndThenWhatThereIs() {
    assertThat(Run.coffer(home, "list").out()).contains("There is no backup", "backup --database");
    backup();

    assertThat(Run.coffer(home, "list").out())
        .contains("TIME (UTC)", "comprehensive", "tester@machine.example", "Before the test");
  }

  @Test
  void showsWhatIsInABackup() {
    backup();

    Run show = Run.coffer(home, "show", "latest");

    assertThat(show.status()).isEqualTo(ExitStatus.DONE);
    assertThat(show.out())
        .contains("Tables", "smsLogs", "Communication", "SMS success rate", "Flagged rows")
        .contains("Sealed columns", "sales.accountNumber", "Left out");
    JsonNode whole = Run.coffer(home, "show", "latest", "--json").json().get("backup");
    assertThat(whole.get("sealedColumns").size()).isGreaterThanOrEqualTo(4);
    assertThat(whole.get("flagged").isArray()).isTrue();
  }

  @Test
  void aSalesBackupHoldsSalesAndTheirTotalsAlone() throws IOException {
    Run run =
        Run.coffer(
            home, "backup", "-k", "sales", "--compression", "none", "-d", portal.url(), "-q");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    Path file = Path.of(run.lastLine());
    assertThat(home.resolve("backups").relativize(file).toString())
        .matches("sales-data/sales-backup-\\d{4}-.*Z\\.json");
    JsonNode document = JsonMapper.shared().readTree(Files.newInputStream(file));
    assertThat(document.get("tables").propertyNames()).containsExactly("sales", "appliances");
    assertThat(document.get("tables").get("sales").size())
        .isEqualTo(Integer.parseInt(portal.value("SELECT count(*) FROM sales")));
    assertThat(document.get("tables").get("appliances").size())
        .isEqualTo(Integer.parseInt(portal.value("SELECT count(*) FROM appliances")));
    JsonNode totals = document.get("metadata").get("totals");
    assertThat(totals.get("totalSales").toString())
        .isEqualTo(portal.value("SELECT count(*) FROM sales"));
    assertThat(totals.get("totalAppliances").toString())
        .isEqualTo(portal.value("SELECT count(*) FROM appliances"));
    assertThat(totals.get("customersWithBoilers").toString())
        .isEqualTo(portal.value("SELECT count(*) FROM sales WHERE \"boilerCoverSelected\""));
    assertThat(totals.get("totalSystemValue").decimalValue())
        .isEqualByComparingTo(
            portal.value("SELECT round(sum(\"totalPlanCost\"::numeric), 2) FROM sales"));
    assertThat(totals.get("averagePerCustomer").decimalValue())
        .isEqualByComparingTo(
            portal.value("SELECT round(avg(\"totalPlanCost\"::numeric), 2) FROM sales"));
    assertThat(document.get("metadata").get("excluded").toString())
        .contains("users", "not part of a backup of kind sales");
  }

  @Test
  void aFlippedByteIsFoundAndEndsWithStatus3() throws IOException {
    Path file = Path.of(backup().lastLine());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(home.resolve("damaged.json.zst"), bytes);

    Run verify = Run.coffer(home, "verify", damaged.toString());
    Run json = Run.coffer(home, "verify", damaged.toString(), "--json");

    assertThat(verify.status()).isEqualTo(ExitStatus.DAMAGED);
    assertThat(verify.out()).startsWith("NOT SOUND").contains("ERROR");
    assertThat(json.json().get("success").booleanValue()).isFalse();
    assertThat(json.json().get("findings").get(0).get("code").stringValue()).isNotBlank();
  }

  @Test
  void aKeyOfOneselfThatIsNotTheBackupsLeavesSecretsSealed() {
    Path file = Path.of(backup().lastLine());
    Path elsewhere = origin.resolve("elsewhere");
    Run.coffer(elsewhere, "keys", "generate");

    Run export =
        Run.coffer(elsewhere, "export", file.toString(), "--format", "csv", "--table", "users");

    assertThat(export.status()).as(export.err()).isEqualTo(ExitStatus.DONE);
    assertThat(export.err()).contains("NOTICE: Secrets stay sealed");
    assertThat(export.out()).contains("[ENCRYPTED]");
  }

  @Test
  void sealedValuesComeBackOnlyWithTheIdentity() throws IOException {
    backup();
    Path identity = home.resolve(".coffer/keys/identity.txt");
    Path safe = Files.move(identity, home.resolve("safe.txt"));

    String closed = export();
    String open = export("--identity", safe.toString());

    assertThat(closed).contains("[ENCRYPTED]").doesNotContain("$2b$");
    assertThat(open).contains("$2b$12$").doesNotContain("[ENCRYPTED]");
  }

  private String export(String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of("export", "latest", "--format", "csv", "--table", "users", "-q"),
                Stream.of(more))
            .toList();
    Run run = Run.coffer(home, arguments.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return run.out();
  }

  @Test
  void keysCheckProvesThatAnIdentityOpensABackup() {
    backup();
    Path stranger = home.resolve("stranger");
    Run.coffer(home, Map.of("COFFER_HOME", stranger.toString()), "keys", "generate");

    Run own = Run.coffer(home, "keys", "check", "latest");
    Run other =
        Run.coffer(
            home, "keys", "check", "latest", "-i", stranger + "/keys/identity.txt", "--json");

    assertThat(own.status()).as(own.err()).isEqualTo(ExitStatus.DONE);
    assertThat(own.out()).startsWith("OPENS");
    assertThat(other.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(other.json().get("code").stringValue()).isEqualTo("KEY_DOES_NOT_OPEN");
  }

  @Test
  void anInterruptedBackupLeavesNothingBehind() throws IOException {
    Thread.currentThread().interrupt();
    Run run;
    try {
      run = Run.coffer(home, "backup", "--database", portal.url(), "--reason", "Before the test");
    } finally {
      boolean _ = Thread.interrupted();
    }

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(run.err()).contains("[INTERRUPTED]");
    assertThat(filesBelow(home.resolve("backups"))).isEmpty();
  }

  @Test
  void aPathThatIsNoBackupIsToldApart() throws IOException {
    Path empty = Files.createFile(home.resolve("empty.json.zst"));
    Path picture =
        Files.write(home.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10});

    assertThat(Run.coffer(home, "verify", empty.toString()).status()).isEqualTo(ExitStatus.DAMAGED);
    assertThat(Run.coffer(home, "verify", picture.toString()).status())
        .isEqualTo(ExitStatus.DAMAGED);
    assertThat(Run.coffer(home, "verify", "no-such-backup").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(Run.coffer(home, "show", home.toString()).err()).contains("HINT: ");
  }

  private Run backup() {
    Run run = Run.coffer(home, "backup", "--database", portal.url(), "--reason", "Before the test");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return run;
  }

  private static List<Path> filesBelow(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
