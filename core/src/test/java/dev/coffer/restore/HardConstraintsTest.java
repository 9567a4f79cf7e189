package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Constraints that the server alone can judge: exclusion, deferred to the commit, and unique
 * indexes on an expression or on some of the rows.
 */
final class HardConstraintsTest {
  private static final String TABLES =
      """
      CREATE TABLE booking (id int PRIMARY KEY, during int4range, mail text, main bool, owner int,
        CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) DEFERRABLE INITIALLY DEFERRED);
      CREATE UNIQUE INDEX one_mail ON booking (lower(mail));
      CREATE UNIQUE INDEX one_main ON booking (owner) WHERE main;
      INSERT INTO booking SELECT i, int4range(i * 10, i * 10 + 9), 'm' || i, i % 2 = 0, i / 2
        FROM generate_series(1, 10) i;
      """;

  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(TABLES);
    scene = new Scene(database, home);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void exactSwapsWhatNoTwoRowsMayShare() {
    Path backup = scene.backup();
    List<String> whole = scene.state();
    database.execute(
        """
        UPDATE booking SET during = int4range(id * 10 % 40 + 200, id * 10 % 40 + 209), mail = 'x' || id,
          owner = 100 + id WHERE id <= 4;
        UPDATE booking SET during = int4range(50 - id * 10, 59 - id * 10), mail = upper('m' || (5 - id)),
          owner = CASE id WHEN 2 THEN 2 WHEN 4 THEN 1 ELSE owner END WHERE id <= 4;
        INSERT INTO booking VALUES (11, int4range(300, 309), 'late', true, 300)
        """);
    List<String> damaged = scene.state();

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(scene.state()).isEqualTo(whole);
    scene.undo(restored);
    assertThat(scene.state()).isEqualTo(damaged);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_overlap | (31, int4range(35, 36), 'free', false, 50)",
        "one_mail | (31, NULL, 'M4', false, 50)",
        "one_main | (31, NULL, 'free', true, 2)"
      })
  void whatStandsInAMergesWayIsNamedAndNothingIsChanged(String constraint, String row) {
    Path backup = scene.backup();
    database.execute("DELETE FROM booking WHERE id IN (3, 4)");
    database.execute("INSERT INTO booking VALUES " + row);
    List<String> before = scene.state();

    assertThatThrownBy(() -> scene.restore(backup, Mode.MERGE))
        .isInstanceOfSatisfying(
            CofferException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
              assertThat(failure.fact()).contains(constraint).doesNotContain("M4", "free");
              assertThat(failure.hint()).startsWith("Nothing was changed.");
            });

    assertThat(scene.state()).isEqualTo(before);
    scene.restore(backup, Mode.EXACT);
    assertThat(database.value("SELECT count(*) FROM booking")).isEqualTo("10");
  }
}
