package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.progress.Progress;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences, which no comparison of rows looks at, are restored all the same. */
final class SequencesTest {
  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE a (id serial PRIMARY KEY, n int);
        CREATE TABLE b (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int);
        CREATE SEQUENCE invoices START 1000 INCREMENT 10;
        CREATE SEQUENCE fresh;
        INSERT INTO a (n) SELECT generate_series(1, 20);
        INSERT INTO b (n) SELECT generate_series(1, 20);
        SELECT nextval('invoices')
        """);
    scene = new Scene(database, home);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nextval('a_id_seq'), nextval('invoices'), nextval('fresh')",
        "SELECT setval('a_id_seq', 3), setval('b_id_seq', 1, false)",
        "SELECT setval('invoices', 5000), setval('fresh', 1, true)"
      })
  void whereOnlyASequenceMovedExactPutsItBack(String move) {
    Path backup = scene.backup();
    List<String> whole = scene.state();
    database.execute(move);
    List<String> moved = scene.state();

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(moved).isNotEqualTo(whole);
    assertThat(restored.applied()).isTrue();
    assertThat(restored.plan().touched()).isZero();
    assertThat(restored.plan().sequences()).isPositive();
    assertThat(scene.state()).isEqualTo(whole);
    scene.undo(restored);
    assertThat(scene.state()).isEqualTo(moved);
    scene.restore(backup, Mode.EXACT);
    database.execute("INSERT INTO a (n) VALUES (0); INSERT INTO b (n) VALUES (0)");
    assertThat(database.value("SELECT max(id) FROM a")).isEqualTo("21");
    assertThat(database.value("SELECT max(id) FROM b")).isEqualTo("21");
    assertThat(database.value("SELECT nextval('invoices')")).isEqualTo("1010");
  }

  /** The rows of a table that the backup does not hold stay, and so does what they drew. */
  @Test
  void exactNeverSetsBackWhatAnotherTableDrawsFrom() {
    Path backup = scene.backup();
    database.execute(
        """
        CREATE TABLE later (id int PRIMARY KEY DEFAULT nextval('a_id_seq'));
        INSERT INTO later SELECT FROM generate_series(1, 5);
        CREATE TABLE invoice (id int PRIMARY KEY DEFAULT nextval('invoices'));
        INSERT INTO invoice DEFAULT VALUES;
        INSERT INTO b (n) VALUES (0);
        """);

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(restored.plan().sequences()).isEqualTo(1);
    database.execute("INSERT INTO later DEFAULT VALUES; INSERT INTO invoice DEFAULT VALUES");
    assertThat(database.value("SELECT last_value FROM b_id_seq")).isEqualTo("20");
  }

  /** Rows that are on their way while the restore runs are waited for, and not run over. */
  @Test
  void exactWaitsForRowsThatHaveDrawnAlready() throws Exception {
    Path backup = scene.backup();
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("INSERT INTO a (n) VALUES (0)");
      CompletableFuture<Outcome> restore =
          CompletableFuture.supplyAsync(() -> scene.restore(backup, Mode.EXACT));
      while (database.value("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")
          && !restore.isDone()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      other.commit();
      restore.get(1, TimeUnit.MINUTES);
    }

    database.execute("INSERT INTO a (n) VALUES (0)");
    assertThat(database.value("SELECT max(id) FROM a")).isEqualTo("22");
  }

  @Test
  void exactLeavesASequenceFromWhichSomebodyDrawsMeanwhile() {
    Path backup = scene.backup();
    database.execute("SELECT nextval('invoices'), nextval('fresh')");

    Restore.run(
        scene.confirmed(backup, Mode.EXACT),
        new Progress() {
          @Override
          public void stage(String name) {
            if (name.equals("locking tables")) {
              database.execute("SELECT nextval('invoices')");
            }
          }
        });

    assertThat(database.value("SELECT last_value FROM invoices")).isEqualTo("1020");
    assertThat(database.value("SELECT is_called FROM fresh")).isEqualTo("f");
  }

  /** Values that were not drawn from the sequence are nothing that it has to get past. */
  @Test
  void aValueAtTheEndOfTheRangeDoesNotExhaustASequence() {
    database.execute(
        """
        INSERT INTO a (id, n) VALUES (2147483647, 0);
        CREATE SEQUENCE few MAXVALUE 1000;
        CREATE TABLE c (id bigint PRIMARY KEY DEFAULT nextval('few'), n int);
        INSERT INTO c (n) SELECT generate_series(1, 5);
        INSERT INTO c (id) VALUES (5000), (-9223372036854775808);
        """);
    Path backup = scene.backup();
    database.execute("DELETE FROM a WHERE id <> 4; DELETE FROM c WHERE id <> 4");

    Outcome restored = scene.restore(backup, Mode.MERGE);

    assertThat(restored.plan().touched()).isEqualTo(26);
    database.execute("INSERT INTO a (n) VALUES (1); INSERT INTO c (n) VALUES (1)");
    assertThat(database.value("SELECT id FROM a WHERE n = 1 AND id > 20")).isEqualTo("21");
    assertThat(database.value("SELECT id FROM c WHERE n = 1 AND id > 5")).isEqualTo("6");
  }

  @Test
  void amongOthersRowsASequenceGoesOnlyForwards() {
    Path backup = scene.backup();
    database.execute(
        """
        DELETE FROM a WHERE id > 10; DELETE FROM b WHERE id > 10;
        SELECT setval('a_id_seq', 10), setval('b_id_seq', 500)
        """);

    scene.restore(backup, Mode.MISSING);

    database.execute("INSERT INTO a (n) VALUES (0); INSERT INTO b (n) VALUES (0)");
    assertThat(database.value("SELECT max(id) FROM a")).isEqualTo("21");
    assertThat(database.value("SELECT max(id) FROM b")).isEqualTo("501");
  }
}
