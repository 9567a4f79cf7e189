package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.verify.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an undo needs of memory does not grow with the rows that it takes back. */
final class UndoHeapTest {
  @TempDir Path home;

  @Test
  void manyRowsAreTakenBackInASmallHeap() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE UNLOGGED TABLE a (id int PRIMARY KEY, n int);
          CREATE UNLOGGED TABLE b (id int PRIMARY KEY, n int);
          INSERT INTO a SELECT i, i FROM generate_series(1, 110000) i;
          INSERT INTO b SELECT i, i FROM generate_series(1, 80000) i
          """);
      Scene scene = new Scene(database, home);
      Path backup = scene.backup();
      database.execute("UPDATE a SET n = -n; DELETE FROM b WHERE id > 100; UPDATE b SET n = 0");
      Outcome restored = scene.restore(backup, Mode.EXACT);

      Victim.Task undo =
          new Victim.Task(
              Victim.Task.UNDO,
              home,
              database.url(),
              database.name(),
              restored.restoreId().orElseThrow(),
              1);
      Shell.run(
              ChildJvm.command(
                  List.of("-Xmx112m", "-XX:+UseSerialGC"), Victim.class, undo.arguments("none")),
              Map.of(),
              "")
          .check();

      assertThat(database.value("SELECT count(*) FROM a WHERE n < 0")).isEqualTo("110000");
      assertThat(database.value("SELECT count(*) FROM b WHERE n = 0")).isEqualTo("100");
    }
  }
}
