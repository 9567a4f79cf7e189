package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerOptions;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.Proxy;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that dies, a network that breaks, a table that others hold: an end with a name. */
final class BrokenServerTest {
  private static final String SLOW =
      "CREATE TABLE slow WITH (autovacuum_enabled = off) AS SELECT i AS id,"
          + " repeat('planted-secret ', 140) AS note FROM generate_series(1, 20000) i";

  private static TestDatabase database;

  @TempDir Path home;

  @BeforeAll
  static void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(SLOW);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static CofferException failure(Taking taking, Progress progress) {
    CofferException failure =
        catchThrowableOfType(CofferException.class, () -> taking.take(progress));
    assertThat(taking.files()).isEmpty();
    assertThat(failure.hint()).isNotBlank();
    assertThat(failure).hasMessageNotContaining("planted-secret");
    return failure;
  }

  private static void assertLost(CofferException failure) {
    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_LOST);
    assertThat(failure.code().exitStatus()).isEqualTo(ExitStatus.DATABASE);
    assertThat(failure.fact()).contains("cannot read table \"public\".\"slow\"");
  }

  @Test
  void sessionsEndedByAnAdministrator() {
    assertLost(
        failure(
            Taking.of(database, home),
            new AtFirstRows(() ->
                database.values(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'coffer' AND datname = current_database()"))));
  }

  @Test
  void aConnectionThatIsCut() throws IOException {
    try (Proxy proxy = Proxy.before(database.server().port())) {
      String url =
          database.url().replace(":" + database.server().port() + "/", ":" + proxy.port() + "/");

      assertLost(failure(Taking.of(url, home), new AtFirstRows(proxy::cut)));
    }
  }

  @Test
  void aServerThatCrashesAndThenOneThatIsStopped() throws Exception {
    try (EmbeddedServer own =
        EmbeddedServer.start(Servers.packed(18), ServerOptions.defaults().with("fsync = off"))) {
      try (TestDatabase doomed = TestDatabase.create(own)) {
        doomed.execute(SLOW);
        assertLost(
            failure(
                Taking.of(doomed, home),
                new AtFirstRows(() ->
                    kill(
                        "KILL",
                        doomed.value(
                            "SELECT min(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'coffer'")))));
        awaitConnections(doomed);
        assertThat(Taking.of(doomed, home.resolve("after")).take().rows("slow")).hasSize(20_000);

        assertLost(
            failure(
                Taking.of(doomed, home),
                new AtFirstRows(() ->
                    kill(
                        "QUIT",
                        Files.readAllLines(own.workFolder().resolve("data/postmaster.pid"))
                            .getFirst()))));
        CofferException gone = failure(Taking.of(doomed, home), Progress.SILENT);
        assertThat(gone.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
      } catch (AssertionError noServerToDropFrom) {
        if (noServerToDropFrom.getMessage() == null
            || !noServerToDropFrom.getMessage().startsWith("No connection to postgres")) {
          throw noServerToDropFrom;
        }
      }
    }
  }

  private static void kill(String signal, String process) {
    Shell.run("kill", "-" + signal, process).check();
  }

  private static void awaitConnections(TestDatabase database) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try (Connection _ = database.connect()) {
        return;
      } catch (AssertionError | SQLException recovering) {
        if (System.nanoTime() > limit) {
          throw new AssertionError("the server does not come back", recovering);
        }
        Thread.sleep(50);
      }
    }
  }

  @Test
  void aReleaseThatIsTooOld() throws IOException {
    try (OldServer server = new OldServer()) {
      CofferException failure =
          failure(
              Taking.of("postgresql://u@127.0.0.1:" + server.port() + "/d", home), Progress.SILENT);

      assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_VERSION);
      assertThat(failure.fact()).contains("PostgreSQL 12.9", "13 and later");
    }
  }

  @Test
  void aTableThatIsLockedForTooLong() throws SQLException, InterruptedException {
    SharedSnapshot.Timeouts impatient =
        new SharedSnapshot.Timeouts(Duration.ofMillis(200), Duration.ZERO);
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), home);
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE slow");

      CofferException failure =
          catchThrowableOfType(
              CofferException.class, () -> SharedSnapshot.open(settings, 4, impatient).close());

      assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_LOCKED);
      assertThat(failure.hint()).isNotBlank();
      other.rollback();
    }
    Waiting.untilNoSessions(database);
  }

  @Test
  void tablesThatAreDroppedAlteredAndTruncatedBetweenTheListAndTheLock() throws Exception {
    try (TestDatabase changing = TestDatabase.create(Servers.debian15())) {
      changing.execute(
          """
          CREATE TABLE dropped (id int);
          CREATE TABLE altered (id int);
          CREATE TABLE emptied (id int);
          CREATE SCHEMA gone;
          CREATE TABLE gone.too (id int);
          INSERT INTO altered VALUES (1), (2);
          INSERT INTO emptied VALUES (1), (2)
          """);
      try (Connection other = changing.connect();
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute("LOCK TABLE dropped, altered, emptied");
        Thread changer =
            Thread.ofPlatform()
                .start(() -> {
                  await(
                      changing,
                      "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND database ="
                          + " (SELECT oid FROM pg_database WHERE datname = current_database())");
                  try {
                    statement.execute(
                        "DROP TABLE dropped; DROP SCHEMA gone CASCADE;"
                            + " ALTER TABLE altered ADD added int DEFAULT 7,"
                            + " ALTER id TYPE bigint; TRUNCATE emptied;"
                            + " INSERT INTO emptied VALUES (3)");
                    other.commit();
                  } catch (SQLException failure) {
                    throw new AssertionError(failure);
                  }
                });

        Taken taken = Taking.of(changing, home).take();

        changer.join();
        assertThat(taken.tables()).containsExactly("altered", "emptied");
        assertThat(taken.rows("altered").toString())
            .isEqualTo("[{\"id\":1,\"added\":7}, {\"id\":2,\"added\":7}]");
        assertThat(taken.rows("emptied").toString()).isEqualTo("[{\"id\":3}]");
      }
    }
  }

  @Test
  void aRunThatIsCancelledWhileItWaitsForALock() throws Exception {
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE slow");
      Thread testing = Thread.currentThread();
      Thread.ofPlatform()
          .start(() -> {
            await(
                database,
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                    + " AND application_name = 'coffer' AND datname = current_database()");
            testing.interrupt();
          });
      long start = System.nanoTime();

      CofferException failure =
          catchThrowableOfType(CofferException.class, () -> Taking.of(database, home).take());

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      // Its sessions do not wait on for a lock that nobody wants any more.
      Waiting.untilNoSessions(database);
      assertThat(Taking.of(database, home).files()).isEmpty();
      other.rollback();
    }
  }

  @Test
  void aRunThatIsCancelledAmongItsRows() throws Exception {
    Thread testing = Thread.currentThread();

    CofferException failure =
        catchThrowableOfType(
            CofferException.class,
            () -> Taking.of(database, home).take(new AtFirstRows(testing::interrupt)));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    assertThat(Taking.of(database, home).files()).isEmpty();
    Waiting.untilNoSessions(database);
  }

  private static void await(TestDatabase database, String condition) {
    Waiting.until(condition, () -> database.value(condition).equals("t"));
  }
}
