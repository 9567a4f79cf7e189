package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
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
