package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.CofferException;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.Proxy;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is lost at any moment leaves the database as before or restored. */
@ExtendWith(SeededRandom.class)
final class CutOffTest {
  private static final int CUTS = 100;

  /** Much of a cut is waiting: so many databases are restored side by side. */
  private static final int LANES = 2;

  private static final String DAMAGE =
      "DELETE FROM parent WHERE id % 3 = 0; UPDATE parent SET t = '' WHERE id % 5 = 1";

  /** About what the server says in a whole run, less the first words. */
  private static final int LEAST = 2_000;

  private static final int MOST = 120_000;

  @TempDir Path home;

  @Test
  void asBeforeOrRestored(Random random) throws Exception {
    List<Callable<Integer>> lanes = new ArrayList<>();
    for (int i = 0; i < LANES; i++) {
      Path own = Files.createDirectory(home.resolve("lane-" + i));
      Random drawn = new Random(random.nextLong());
      lanes.add(() -> restored(CUTS / LANES, own, drawn));
    }
    int restored = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(LANES)) {
      for (Future<Integer> lane : executor.invokeAll(lanes)) {
        restored += lane.get();
      }
    }
    assertThat(restored).isLessThan(CUTS);
  }

  /** Cuts restores of a database of its own; answers how many of them were done all the same. */
  private static int restored(int cuts, Path home, Random random) throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE parent (id int PRIMARY KEY, t text);
          CREATE TABLE child (id serial PRIMARY KEY, parent int REFERENCES parent ON DELETE CASCADE);
          INSERT INTO parent SELECT i, md5(i::text) FROM generate_series(1, 200) i;
          INSERT INTO child (parent) SELECT i FROM generate_series(1, 200) i;
          """);
      Scene scene = new Scene(database, home);
      Path backup = scene.backup();
      List<String> whole = scene.state();
      database.execute(DAMAGE);
      List<String> damaged = scene.state();
      int restored = 0;
      for (int i = 0; i < cuts; i++) {
        database.execute(DAMAGE);
        cut(LEAST + random.nextInt(MOST), database, home, backup);

        Outcome next = Restore.run(scene.plan(backup, Mode.EXACT), Progress.SILENT);

        List<String> now = scene.state();
        boolean isWhole = now.equals(whole);
        assertThat(now).isIn(whole, damaged);
        assertThat(next.plan().isEmpty()).isEqualTo(isWhole);
        restored += isWhole ? 1 : 0;
      }
      scene.restore(backup, Mode.EXACT);
      assertThat(scene.state()).isEqualTo(whole);
      return restored;
    }
  }

  private static void cut(int bytes, TestDatabase database, Path home, Path backup)
      throws Exception {
    Proxy proxy = Proxy.stallingAfter(bytes, database.server().port());
    String url =
        database.url().replace(":" + database.server().port() + "/", ":" + proxy.port() + "/");
    Scene through = new Scene(database, home, url);
    CompletableFuture<Optional<Outcome>> run =
        CompletableFuture.supplyAsync(() -> {
          try {
            return Optional.of(through.restore(backup, Mode.EXACT));
          } catch (CofferException lost) {
            return Optional.empty();
          }
        });
    while (!run.isDone() && !proxy.hasStalled()) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    // Nobody gets through any more, not even to ask how it ended.
    proxy.close();
    run.get(60, TimeUnit.SECONDS);
  }
}
