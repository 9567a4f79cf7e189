package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.restore.record.RecordName;
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

  private static final String IN_THE_WAY =
      """
      no_overlap  | (31, int4range(35, 36), 'free', false, 50)
      one_mail    | (31, NULL, 'M4', false, 50)
      one_main    | (31, NULL, 'free', true, 2)
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = IN_THE_WAY)
  void whatStandsInTheWayIsInThePlan(String constraint, String row) {
    Path backup = scene.backup();
    database.execute("DELETE FROM booking WHERE id IN (3, 4)");
    database.execute("INSERT INTO booking VALUES " + row);
    List<String> before = scene.state();

    for (Mode mode : List.of(Mode.MERGE, Mode.MISSING)) {
      assertThat(plan(scene.plan(backup, mode))).anyMatch(told -> isTold(told, constraint));
      assertThatThrownBy(() -> scene.restore(backup, mode))
          .isInstanceOfSatisfying(CofferException.class, told -> requireTold(told, constraint));
      assertThat(scene.state()).isEqualTo(before);
    }
    assertThat(plan(scene.plan(backup, Mode.EXACT))).isEmpty();
    scene.restore(backup, Mode.EXACT);
    assertThat(database.value("SELECT count(*) FROM booking")).isEqualTo("10");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = IN_THE_WAY)
  void ofOneRecordToo(String constraint, String row) {
    Path backup = scene.backup();
    database.execute("DELETE FROM booking WHERE id IN (3, 4)");
    database.execute("INSERT INTO booking VALUES " + row);
    List<String> before = scene.state();
    String record = constraint.equals("no_overlap") ? "booking/3" : "booking/4";

    for (Mode mode : Mode.values()) {
      assertThat(plan(one(record, scene.plan(backup, mode))))
          .anyMatch(told -> isTold(told, constraint));
      assertThatThrownBy(
              () -> Restore.run(one(record, scene.confirmed(backup, mode)), Progress.SILENT))
          .isInstanceOfSatisfying(CofferException.class, told -> requireTold(told, constraint));
      assertThat(scene.state()).isEqualTo(before);
    }
  }

  private static List<String> plan(RestoreRequest request) {
    return Restore.run(request, Progress.SILENT).plan().notices().stream()
        .filter(notice -> notice.startsWith("Cannot be applied"))
        .toList();
  }

  private static boolean isTold(String text, String constraint) {
    return text.contains("table booking, " + constraint + ": 1 row(s)") && text.contains("[31]");
  }

  private static void requireTold(CofferException told, String constraint) {
    assertThat(told.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
    assertThat(isTold(told.fact(), constraint)).as(told.fact()).isTrue();
    assertThat(told.fact()).doesNotContain("M4", "free");
    assertThat(told.hint()).startsWith("Nothing was changed.");
  }

  private static RestoreRequest one(String record, RestoreRequest whole) {
    return new RestoreRequest(
        whole.backup(),
        whole.live(),
        whole.mode(),
        List.of(),
        List.of(RecordName.parse(record)),
        whole.identities(),
        false,
        whole.confirm(),
        List.of(),
        1);
  }

  /** A plan that swaps values among rows that all go is no false alarm. */
  @Test
  void rowsThatGoAreInNobodysWay() {
    Path backup = scene.backup();
    List<String> whole = scene.state();
    database.execute(
        "DELETE FROM booking WHERE id = 3;"
            + " UPDATE booking SET during = int4range(30, 39), mail = 'M3' WHERE id = 4");

    assertThat(plan(scene.plan(backup, Mode.MERGE))).isEmpty();
    scene.restore(backup, Mode.MERGE);

    assertThat(scene.state()).isEqualTo(whole);
  }

  /** What is computed is not known of rows that are still to be written. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ADD lower_mail text GENERATED ALWAYS AS (lower(mail)) STORED CONSTRAINT own UNIQUE",
        "ADD own int4range GENERATED ALWAYS AS (int4range(owner, owner, '[]')) STORED,"
            + " ADD CONSTRAINT own EXCLUDE USING gist (own WITH &&) WHERE (NOT main)",
        "ADD CONSTRAINT own CHECK (id <> 3) NOT VALID"
      })
  void whatOnlyTheWritingTellsIsNamedAndNothingIsChanged(String change) {
    Path backup = scene.backup();
    database.execute(
        "DROP INDEX one_mail; DROP INDEX one_main; DELETE FROM booking WHERE id IN (3, 4);"
            + " ALTER TABLE booking "
            + change
            + "; INSERT INTO booking VALUES (31, NULL, 'M3', false, 1)");
    List<String> before = scene.state();

    for (Mode mode : List.of(Mode.MERGE, Mode.MISSING)) {
      assertThat(plan(scene.plan(backup, mode))).isEmpty();
      assertThatThrownBy(() -> scene.restore(backup, mode))
          .isInstanceOfSatisfying(
              CofferException.class,
              told -> {
                assertThat(told.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
                assertThat(told.fact()).contains("(own of table booking)").doesNotContain("M3");
                assertThat(told.hint()).startsWith("Nothing was changed.");
              });
      assertThat(scene.state()).isEqualTo(before);
    }
  }
}
