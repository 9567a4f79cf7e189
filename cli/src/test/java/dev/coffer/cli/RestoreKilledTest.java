package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process that is killed while it restores. */
final class RestoreKilledTest {
  private static final int KILLS = 8;
  private static final String SUM =
      "SELECT count(*) || ' ' || coalesce(sum(n), 0) || ' ' || count(*) FILTER (WHERE note = 'x') FROM item";

  @TempDir Path home;

  @Test
  void theDatabaseIsAsBeforeOrRestoredAndTheNextRunSaysWhich() throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          "CREATE TABLE item (id int PRIMARY KEY, n int, note text);"
              + " INSERT INTO item SELECT i, i, 'x' FROM generate_series(1, 3000) i");
      String whole = database.value(SUM);
      Run taken = run(database, "backup", "--kind", "database");
      assertThat(taken.status()).as(taken.err()).isZero();
      String backup = taken.lastLine();
      damage(database);
      long start = System.nanoTime();
      assertThat(restore(database, backup).end().status()).isZero();
      long undisturbed = System.nanoTime() - start;
      for (int i = 0; i < KILLS; i++) {
        database.execute(
            "DELETE FROM item WHERE id % 2 = 0; UPDATE item SET note = 'y' WHERE id % 5 = 0");
        String damaged = database.value(SUM);
        Child child = restore(database, backup);
        TimeUnit.NANOSECONDS.sleep(undisturbed * (KILLS + i) / (2 * KILLS));
        child.kill();
        child.end();
        Waiting.untilNoSessions(database);
        String now = database.value(SUM);

        assertThat(now).isIn(whole, damaged);
        Run next = run(database, "restore", backup, "--confirm", database.name());
        assertThat(next.status()).as(next.err()).isEqualTo(ExitStatus.DONE);
        assertThat(next.out()).contains(now.equals(whole) ? "No row differs" : "Done");
        assertThat(database.value(SUM)).isEqualTo(whole);
      }
    }
  }

  private static void damage(TestDatabase database) {
    database.execute(
        "DELETE FROM item WHERE id % 2 = 0; UPDATE item SET note = 'y' WHERE id % 5 = 0");
  }

  private Child restore(TestDatabase database, String backup) {
    return Child.coffer(
        home, "restore", backup, "--database", database.url(), "--confirm", database.name());
  }

  private Run run(TestDatabase database, String command, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = command;
    System.arraycopy(more, 0, arguments, 1, more.length);
    arguments[more.length + 1] = "--database";
    arguments[more.length + 2] = database.url();
    return Run.coffer(
        home, java.util.Map.of("COFFER_HOME", home.resolve("coffer").toString()), arguments);
  }
}
