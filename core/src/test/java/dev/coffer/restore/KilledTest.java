package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Victim.Task;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Proxy;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that restores and is killed, at a hundred moments in all: the database is as before or
 * restored, and the next run says which.
 *
 * <p>Each is a process of its own that gets a real SIGKILL: at a stage of the work, which it waits
 * in, or when the server has sent so many bytes, at which the network between stands still, so that
 * the moments are spread over the conversation and not over the start of a Java process. What else
 * may go wrong with a connection is {@link CutOffTest}'s, and the command itself is killed by the
 * clock in the command line's tests.
 */
@ExtendWith(SeededRandom.class)
final class KilledTest {
  private static final String TABLES =
      """
      CREATE TABLE parent (id int PRIMARY KEY, t text);
      CREATE TABLE child (id serial PRIMARY KEY, parent int REFERENCES parent ON DELETE CASCADE);
      CREATE INDEX ON child (parent);
      INSERT INTO parent SELECT i, md5(i::text) FROM generate_series(1, 200) i;
      INSERT INTO child (parent) SELECT i FROM generate_series(1, 200) i;
      """;

  private static final String DAMAGE =
      "DELETE FROM parent WHERE id % 3 = 0; UPDATE parent SET t = '' WHERE id % 5 = 1;"
          + " SELECT nextval('child_id_seq')";

  private static final List<String> STAGES =
      List.of(
          "locking tables", "comparing once more", "writing rows", "reading back", "committing");

  private static final int IN_PLACE = 45;
  private static final int UNDOES = 20;
  private static final int EMPTY = 20;
  private static final int EMPTY_BY_SEVERAL = 15;

  private static final int KILLED = 128 + 9;

  @TempDir static Path packed;
  private static PackedProgram program;

  @TempDir Path home;

  @BeforeAll
  static void pack() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(TABLES);
      Path backup = new Scene(database, packed).backup();
      database.execute(DAMAGE);
      program =
          PackedProgram.of(packed, Victim.class, task(database, packed, backup, 1).arguments("-"));
    }
  }

  private static Task task(TestDatabase database, Path home, Path backup, int jobs) {
    return new Task(Task.RESTORE, home, database.url(), database.name(), backup.toString(), jobs);
  }

  @Test
  void inPlace(Random random) throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(TABLES);
      Scene scene = new Scene(database, home);
      Task restore = task(database, home, scene.backup(), 1);
      String whole = state(database);
      database.execute(DAMAGE);
      String damaged = state(database);
      long conversation = length(restore, database);
      int completed = 0;
      int kills = 0;
      while (kills < IN_PLACE) {
        database.execute(DAMAGE);
        boolean killed = kill(restore, Moment.of(kills, STAGES, conversation, random), database);

        String now = state(database);
        assertThat(now).isIn(whole, damaged);
        boolean done = now.equals(whole);
        kills += killed ? 1 : 0;
        completed += killed && done ? 1 : 0;
        Outcome next = Victim.run(restore, Progress.SILENT);
        assertThat(next.plan().isEmpty()).isEqualTo(done);
        assertThat(next.applied()).isEqualTo(!done);
        next.notices()
            .forEach(notice ->
                assertThat(notice).contains(done ? "had been completed" : "had been rolled back"));
      }
      assertThat(state(database)).isEqualTo(whole);
      assertThat(completed).as("moments after the commit").isPositive().isLessThan(IN_PLACE / 2);
    }
  }

  @Test
  void undone(Random random) throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(TABLES);
      Scene scene = new Scene(database, home);
      Task restore = task(database, home, scene.backup(), 1);
      String whole = state(database);
      database.execute(DAMAGE);
      String damaged = state(database);
      long conversation = length(undo(database, restore), database);
      int kills = 0;
      while (kills < UNDOES) {
        Task undo = undo(database, restore);
        kills += kill(undo, Moment.of(kills, STAGES, conversation, random), database) ? 1 : 0;

        String now = state(database);
        assertThat(now).isIn(whole, damaged);
        if (now.equals(whole)) {
          assertThat(Victim.run(undo, Progress.SILENT).applied()).isTrue();
        } else {
          assertThatThrownBy(() -> Victim.run(undo, Progress.SILENT))
              .isInstanceOfSatisfying(
                  CofferException.class,
                  told -> {
                    assertThat(told.code()).isEqualTo(ErrorCode.RESTORE_NOT_FOUND);
                    assertThat(told.fact()).contains("has been undone already");
                  });
        }
      }
      assertThat(state(database)).isEqualTo(damaged);
    }
  }

  /** Restores, and says how to take that back. */
  private Task undo(TestDatabase database, Task restore) {
    String id = Victim.run(restore, Progress.SILENT).restoreId().orElseThrow();
    return new Task(Task.UNDO, home, database.url(), database.name(), id, 1);
  }

  @Test
  void intoAnEmptyDatabase(Random random) throws Exception {
    rebuilding(
        random,
        1,
        EMPTY,
        List.of("loading rows", "building indexes and constraints", "committing", "analyzing"));
  }

  @Test
  void intoAnEmptyDatabaseBySeveral(Random random) throws Exception {
    rebuilding(
        random,
        3,
        EMPTY_BY_SEVERAL,
        List.of("creating the structure", "completing the structure", "committing"));
  }

  private void rebuilding(Random random, int jobs, int wanted, List<String> stages)
      throws Exception {
    try (TestDatabase source = TestDatabase.create(Servers.debian15());
        TestDatabase template = TestDatabase.create(Servers.debian15())) {
      source.execute(TABLES);
      Path backup = new Scene(source, home).backup();
      String whole = state(source);
      String empty = state(template);
      long conversation;
      try (TestDatabase target = TestDatabase.create(Servers.debian15())) {
        conversation = length(task(target, home, backup, jobs), target);
      }
      int kills = 0;
      while (kills < wanted) {
        try (TestDatabase target = TestDatabase.create(Servers.debian15())) {
          Task restore = task(target, home, backup, jobs);
          kills += kill(restore, Moment.of(kills, stages, conversation, random), target) ? 1 : 0;

          String now = state(target);
          boolean part = now.contains("coffer_restore_in_progress");
          if (jobs == 1 || !part) {
            assertThat(now).isIn(whole, empty);
          }
          Outcome next = Victim.run(restore, Progress.SILENT);
          boolean done = now.equals(whole);
          assertThat(next.applied()).isEqualTo(!done);
          next.notices()
              .forEach(notice ->
                  assertThat(notice)
                      .contains(done ? "had been completed" : "had been rolled back"));
          String told = next.rebuilt().map(rebuilt -> rebuilt.notices().toString()).orElse("");
          assertThat(told.contains("had been killed; what it had made was dropped"))
              .isEqualTo(part);
          assertThat(state(target)).isEqualTo(whole);
        }
      }
    }
  }

  /**
   * When to kill.
   *
   * @param stage {@code -} for none
   * @param bytes that the server may send
   * @param answered false for a stage that ends in the server's doing what it is asked to, without
   *     its answer being heard
   */
  private record Moment(String stage, long bytes, boolean answered) {
    static Moment of(int number, List<String> stages, long conversation, Random random) {
      if (number < stages.size()) {
        return new Moment(stages.get(number), Long.MAX_VALUE, true);
      }
      return stages.contains("committing") && number % 5 == 0
          ? new Moment("committing", Long.MAX_VALUE, false)
          : new Moment("-", 1 + (long) (random.nextDouble() * (conversation - 1)), true);
    }
  }

  /** How many bytes the server sends in an undisturbed run. */
  private static long length(Task task, TestDatabase database) throws Exception {
    try (Proxy proxy = Proxy.before(database.server().port())) {
      Process process = program.start(task.through(through(proxy, database)).arguments("-"));
      assertThat(process.waitFor()).isZero();
      return proxy.carried();
    }
  }

  private static String through(Proxy proxy, TestDatabase database) {
    return database.url().replace(":" + database.server().port() + "/", ":" + proxy.port() + "/");
  }

  /** Whether it came to that: a run may be shorter than the one that was measured. */
  private static boolean kill(Task task, Moment moment, TestDatabase database) throws Exception {
    try (Proxy proxy = Proxy.stallingAfter(moment.bytes(), database.server().port())) {
      Process process =
          program.start(task.through(through(proxy, database)).arguments(moment.stage()));
      if (moment.stage().equals("-")) {
        while (process.isAlive() && !proxy.hasStalled()) {
          TimeUnit.MILLISECONDS.sleep(2);
        }
      } else {
        assertThat(process.inputReader().readLine()).isEqualTo(moment.stage());
      }
      if (!moment.answered()) {
        proxy.stall();
        process.outputWriter().append('\n').flush();
        proxy.awaitStalled();
      }
      process.destroyForcibly();
      int status = process.waitFor();
      assertThat(status).isIn(0, KILLED);
      Waiting.untilNoSessions(database);
      return status == KILLED;
    }
  }

  /** All that a dump tells, less the order of rows. */
  private static String state(TestDatabase database) {
    return PgDump.everything(database).lines().sorted().collect(Collectors.joining("\n"));
  }
}
