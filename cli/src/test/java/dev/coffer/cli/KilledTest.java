package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Proxy;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process that is ended from outside among the rows. */
final class KilledTest {
  private static final long AMONG_THE_ROWS = 12 << 20;
  private static final int SIGKILLED = 128 + 9;

  private static TestDatabase database;

  @TempDir Path home;

  @BeforeAll
  static void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE customer (id int PRIMARY KEY, password text, note text)
          WITH (autovacuum_enabled = off);
        INSERT INTO customer
        SELECT i, 'planted-secret', repeat(md5(i::text), 50) FROM generate_series(1, 20000) i
        """);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aCancelledRunLeavesNothingBehind(String signal) throws Exception {
    try (Proxy proxy = Proxy.stallingAfter(AMONG_THE_ROWS, database.server().port())) {
      Child child = backup(proxy.port());
      proxy.awaitStalled();
      assertThat(files()).anyMatch(file -> file.endsWith(".partial"));
      long start = System.nanoTime();
      child.signal(signal);
      Run run = child.end();

      assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.INTERRUPTED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(run.out()).isEmpty();
      assertThat(files()).isEmpty();
      Waiting.untilNoSessions(database);
    }
  }

  @Test
  void aKilledRunIsNotListedAndTheNextRunCleansUp() throws Exception {
    try (Proxy proxy = Proxy.stallingAfter(AMONG_THE_ROWS, database.server().port())) {
      Child child = backup(proxy.port());
      proxy.awaitStalled();
      child.signal("KILL");
      assertThat(child.end().status()).isEqualTo(SIGKILLED);
    }
    assertThat(files()).isNotEmpty().allMatch(file -> file.endsWith(".partial"));
    assertThat(Child.coffer(home, "list", "--json").end().json().get("count").intValue()).isZero();
    Waiting.untilNoSessions(database);

    Run next = backup(database.server().port()).end();

    assertThat(next.status()).as(next.err()).isEqualTo(ExitStatus.DONE);
    assertThat(next.err()).contains("a killed run had left behind");
    assertThat(files()).hasSize(1);
    assertThat(Child.coffer(home, "verify", "latest").end().status()).isEqualTo(ExitStatus.DONE);
  }

  @Test
  void aLivingRunIsNotTakenForAKilledOne() throws Exception {
    try (Proxy proxy = Proxy.stallingAfter(AMONG_THE_ROWS, database.server().port())) {
      Child first = backup(proxy.port());
      proxy.awaitStalled();
      List<String> before = files();
      Run second =
          Run.coffer(
              home,
              "backup",
              "--database",
              database.url(),
              "--kind",
              "database",
              "--to",
              home.resolve("backups").toString());

      assertThat(second.status()).as(second.err()).isEqualTo(ExitStatus.DONE);
      assertThat(second.err()).doesNotContain("killed run");
      assertThat(files())
          .containsAll(before)
          .filteredOn(file -> !file.endsWith(".partial"))
          .hasSize(1);
      first.signal("TERM");
      first.end();
      assertThat(files()).hasSize(1);
    }
  }

  private Child backup(int port) {
    String url = database.url().replace(":" + database.server().port() + "/", ":" + port + "/");
    return Child.coffer(home, "backup", "--database", url, "--kind", "database");
  }

  private List<String> files() {
    return Child.filesBelow(home.resolve("backups"));
  }
}
