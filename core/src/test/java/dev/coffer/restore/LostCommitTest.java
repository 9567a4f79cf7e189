package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Victim.Task;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.testkit.Proxy;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rebuild that loses its connection at the commit tells what became of it. */
final class LostCommitTest {
  @TempDir Path home;
  private TestDatabase source;
  private Path backup;

  @BeforeEach
  void fill() {
    source = TestDatabase.create(Servers.debian15());
    source.execute(
        "CREATE TABLE t (id serial PRIMARY KEY); INSERT INTO t SELECT generate_series(1, 9)");
    backup = new Scene(source, home).backup();
  }

  @AfterEach
  void drop() {
    source.close();
  }

  /** A rebuild of an empty database over a network that fails when it commits. */
  private final class Run implements AutoCloseable {
    private final TestDatabase target = TestDatabase.create(Servers.debian15());
    private final Proxy proxy;
    private final Path place;
    private final int jobs;

    Run(Path place, int jobs) throws IOException {
      this.place = place;
      this.jobs = jobs;
      proxy = Proxy.before(target.server().port());
    }

    Task task() {
      return new Task(Task.RESTORE, place, target.url(), target.name(), backup.toString(), jobs);
    }

    Outcome through(Runnable atCommit) {
      String url =
          target.url().replace(":" + target.server().port() + "/", ":" + proxy.port() + "/");
      return Victim.run(
          task().through(url),
          new Progress() {
            @Override
            public void stage(String name) {
              if (name.equals("committing")) {
                atCommit.run();
              }
            }
          });
    }

    /** Lets the commit get to the server, but no answer back. */
    void afterTheCommit(Runnable next) {
      proxy.stall();
      Thread.ofPlatform()
          .start(() -> {
            Waiting.until("the commit", this::isRestored);
            next.run();
          });
    }

    boolean isRestored() {
      return target
          .value(
              "SELECT to_regclass('public.t') IS NOT NULL"
                  + " AND to_regclass('coffer_restore_in_progress.run') IS NULL")
          .equals("t");
    }

    JournalEntry entry() {
      return Journal.in(place).list().entries().getFirst();
    }

    void close(Proxy network) {
      try {
        network.close();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public void close() {
      close(proxy);
      target.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void completed(int jobs) throws IOException {
    try (Run run = new Run(home, jobs)) {
      Outcome outcome = run.through(() -> run.afterTheCommit(run.proxy::recover));

      assertThat(outcome.applied()).isTrue();
      assertThat(outcome.rebuilt().orElseThrow().notices())
          .containsExactly(
              "The connection was lost at the end; the server has completed the restore.");
      assertThat(run.entry().state()).isEqualTo(JournalEntry.State.DONE);
      assertThat(run.target.value("SELECT count(*) FROM t")).isEqualTo("9");
      assertThat(run.target.value("SELECT reltuples FROM pg_class WHERE relname = 't'"))
          .isEqualTo("9");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void notCompleted(int jobs) throws IOException {
    try (Run run = new Run(home, jobs)) {
      CofferException told =
          catchThrowableOfType(CofferException.class, () -> run.through(run.proxy::cut));

      assertThat(told.code()).isEqualTo(ErrorCode.DATABASE_LOST);
      assertThat(told.fact()).contains("the server has not completed the restore");
      assertThat(run.entry().state()).isEqualTo(JournalEntry.State.ROLLED_BACK);
      assertThat(run.target.values("SELECT relname FROM pg_class WHERE oid >= 16384")).isEmpty();
      Outcome next = Victim.run(run.task(), Progress.SILENT);
      assertThat(next.rebuilt().orElseThrow().notices()).isEmpty();
      assertThat(run.isRestored()).isTrue();
    }
  }

  @Test
  void unknownUntilTheNextRunAsks() throws IOException {
    try (Run one = new Run(home.resolve("one"), 1);
        Run many = new Run(home.resolve("many"), 3)) {
      Stream.of(one, many)
          .map(run -> CompletableFuture.runAsync(() -> unknown(run)))
          .toList()
          .forEach(CompletableFuture::join);
    }
  }

  private static void unknown(Run run) {
    CofferException told =
        catchThrowableOfType(
            CofferException.class,
            () -> run.through(() -> run.afterTheCommit(() -> run.close(run.proxy))));

    assertThat(told.code()).isEqualTo(ErrorCode.DATABASE_LOST);
    assertThat(told.hint()).contains("only the server knows");
    JournalEntry entry = run.entry();
    assertThat(entry.state()).isEqualTo(JournalEntry.State.APPLYING);
    assertThat(run.isRestored()).isTrue();
    assertThat(Victim.run(run.task(), Progress.SILENT).notices())
        .isEqualTo(
            List.of("The restore " + entry.id() + ", which was cut off, had been completed."));
    assertThat(run.entry().state()).isEqualTo(JournalEntry.State.DONE);
  }
}
