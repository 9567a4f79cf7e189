package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.backup.Cancellable;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the last step is what became of it, and what the journal says of it later. */
final class CommitTest {
  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;
  private Path backup;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 9)");
    scene = new Scene(database, home);
    backup = scene.backup();
    database.execute("DELETE FROM t WHERE id > 4");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private Outcome restore(Runnable atCommit) {
    return Restore.run(
        scene.confirmed(backup, Mode.EXACT),
        new Progress() {
          @Override
          public void stage(String name) {
            if (name.equals("committing")) {
              atCommit.run();
            }
          }
        });
  }

  private JournalEntry entry(Outcome outcome) {
    return Journal.in(home).find(outcome.restoreId().orElseThrow());
  }

  @Test
  void cancelledWhileItCommitsItIsCompletedAndSaysSo() {
    Thread caller = Thread.currentThread();

    Outcome outcome =
        restore(() -> {
          String session =
              database.value(
                  "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                      + " AND application_name = 'coffer restore' AND xact_start IS NOT NULL");
          signal("STOP", session);
          Thread.ofPlatform()
              .start(() -> {
                pause(300);
                caller.interrupt();
                pause(500);
                signal("CONT", session);
              });
        });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome.applied()).isTrue();
    assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("9");
    assertThat(entry(outcome).state()).isEqualTo(JournalEntry.State.DONE);
  }

  private static void signal(String name, String process) {
    Shell.run(List.of("kill", "-" + name, process), Map.of(), "").check();
  }

  private static void pause(long milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException unexpected) {
      throw new IllegalStateException(unexpected);
    }
  }

  @Test
  void aFailureOfTheLastStepIsNotTakenForTheCancellation() {
    CofferException unknown = new CofferException(ErrorCode.DATABASE_LOST, "unknown", "");
    Thread caller = Thread.currentThread();

    CofferException told =
        catchThrowableOfType(
            CofferException.class,
            () ->
                Cancellable.call(
                    "nothing was restored",
                    () ->
                        Cancellable.undisturbed(() -> {
                          caller.interrupt();
                          pause(200);
                          throw unknown;
                        })));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).isSameAs(unknown);
  }

  @Test
  void aJournalThatCannotBeWrittenAfterTheCommitIsNoFailureOfTheRestore() throws IOException {
    List<Path> inTheWay = new ArrayList<>();

    Outcome outcome = restore(() -> inTheWay.add(blockEntry()));

    assertThat(outcome.applied()).isTrue();
    assertThat(outcome.notices()).anyMatch(notice -> notice.contains("could not be written down"));
    assertThat(entry(outcome).state()).isEqualTo(JournalEntry.State.APPLYING);
    Files.delete(inTheWay.getFirst());
    assertThat(scene.undo(outcome).notices())
        .containsExactly(
            "The restore "
                + outcome.restoreId().orElseThrow()
                + ", which was cut off, had been completed.");
    assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("4");
  }

  /** Lays a folder where the entry's next version is to be written. */
  private Path blockEntry() {
    try (var entries = Files.newDirectoryStream(home.resolve("restores"), "R-*.json")) {
      Path entry = entries.iterator().next();
      return Files.createDirectory(entry.resolveSibling("." + entry.getFileName() + ".writing"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aDamagedEntryIsToldOfAndStandsInNobodysWay() throws IOException {
    Outcome restored = scene.restore(backup, Mode.EXACT);
    Files.writeString(home.resolve("restores/R-2020-01-01T00-00-00-000Z.json"), "{");

    Outcome undone = scene.undo(restored);

    assertThat(undone.notices())
        .containsExactly(
            "The journal's entry R-2020-01-01T00-00-00-000Z.json is damaged: that restore cannot be"
                + " undone.");
    assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("4");
    assertThat(entry(restored).undoneBy()).isPresent();
  }

  /** After a failover, or a recovery to an earlier moment, the server is behind the journal. */
  @Test
  void aTransactionThatTheServerHasYetToComeToIsUnknown() {
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), home);
    try (WriteTransaction connection =
        WriteTransaction.open(settings, SharedSnapshot.Timeouts.DEFAULT)) {
      assertThat(connection.statusOf("4000000000000")).isEmpty();
      assertThat(connection.statusOf("3")).isNotNull();
    }
  }
}
