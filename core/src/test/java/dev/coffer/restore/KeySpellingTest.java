package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are equal to the server and are not written alike. */
final class KeySpellingTest {
  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;
  private Path backup;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE price (amount numeric PRIMARY KEY, t text);
        CREATE TABLE zero (f float8 PRIMARY KEY, t text);
        INSERT INTO price VALUES (1.00, 'a'), (2, 'b');
        INSERT INTO zero VALUES ('-0', 'a');
        """);
    scene = new Scene(database, home);
    backup = scene.backup();
    database.execute("UPDATE price SET amount = 1.0 WHERE amount = 1; UPDATE zero SET f = '0'");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void oneRowMakesRoomForTheOther() {
    List<String> respelt = scene.state();

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(database.value("SELECT min(amount)::text FROM price")).isEqualTo("1.00");
    assertThat(database.value("SELECT f::text FROM zero")).isEqualTo("-0");
    scene.undo(restored);
    assertThat(scene.state()).isEqualTo(respelt);
  }

  @Test
  void whereNoRowGoesTheReasonIsTold() {
    CofferException failure =
        catchThrowableOfType(CofferException.class, () -> scene.restore(backup, Mode.MERGE));

    assertThat(failure.code()).isEqualTo(ErrorCode.PLAN_STALE);
    assertThat(failure.hint()).contains("spelt differently");
  }
}
