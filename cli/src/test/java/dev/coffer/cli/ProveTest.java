package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A backup of a portal, proven. */
final class ProveTest {
  private static TestDatabase portal;

  @TempDir static Path origin;
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

  @BeforeEach
  void backUp() {
    Run backup = Run.coffer(home, "backup", "--database", portal.url(), "--reason", "To be proven");
    assertThat(backup.status()).as(backup.err()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void onAServerOfItsOwn() {
    Run prove = Run.coffer(home, "prove", "latest");

    assertThat(prove.status()).as(prove.err()).isEqualTo(ExitStatus.DONE);
    assertThat(prove.out()).contains("PROVEN").doesNotContain("not proven");
    assertThat(Path.of(prove.lastLine())).isRegularFile();
    String today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).toString().substring(0, 7);
    assertThat(Run.coffer(home, "list").out()).contains("proven " + today);
    assertThat(Run.coffer(home, "show", "latest").out())
        .contains("proven " + today, "restored and matched", "Sealed columns");
  }

  @Test
  void onAServerThatIsNamed() throws IOException {
    String server = portal.server().url("postgres");
    Run prove = Run.coffer(home, "prove", "latest", "--server", server, "--json");

    assertThat(prove.status()).as(prove.err()).isEqualTo(ExitStatus.DONE);
    JsonNode answer = prove.json();
    assertThat(answer.get("verdict").stringValue()).isEqualTo("proven");
    assertThat(answer.get("server").stringValue()).startsWith("PostgreSQL 15");
    assertThat(answer.get("notProven")).isEmpty();
    JsonNode entry = Run.coffer(home, "list", "--json").json().get("backups").get(0);
    assertThat(entry.get("state").stringValue()).isEqualTo("proven");
    assertThat(entry.get("provenAt")).isEqualTo(answer.get("provenAt"));

    Path proof = Path.of(answer.get("proof").stringValue());
    Files.writeString(proof, Files.readString(proof).replace("PostgreSQL 15", "PostgreSQL 16"));
    assertThat(Run.coffer(home, "list").out()).contains("readable", "changed after it was signed");
    assertThat(Run.coffer(home, "show", "latest").out()).contains("Not proven");
  }

  @Test
  void whatCannotBeProvenSaysWhy() throws IOException {
    Path legacy = home.resolve("database-backup-2025-01-25T14-30-45-123Z.json");
    Files.writeString(legacy, "{\n  \"timestamp\": \"2025-01-25T14:30:45.123Z\", \"tables\": {}}");
    Run prove = Run.coffer(home, "prove", legacy.toString());

    assertThat(prove.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(prove.err()).contains("NOT_PROVEN", "neither the structure");
  }
}
