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
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Without the key, columns that take nothing in a secret's place are told of by the plan. */
final class StandInsTest {
  private static final String TYPES =
      """
      CREATE TYPE mood AS ENUM ('good', 'bad');
      CREATE DOMAIN starting AS text CHECK (VALUE LIKE 's%');
      CREATE DOMAIN needed AS text NOT NULL;
      CREATE DOMAIN short AS text CHECK (length(VALUE) < 100);
      CREATE DOMAIN shorter AS short;
      CREATE DOMAIN number AS int CHECK (VALUE < 90);
      CREATE DOMAIN birth AS date;
      CREATE DOMAIN moment AS timestamp(3);
      """;

  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(TYPES);
    scene = new Scene(database, home);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  /** Two rows, the second of which is gone since the backup. */
  private Path lose(String type, String value) {
    database.execute(
        "CREATE TABLE vault (id int PRIMARY KEY, secret %s); INSERT INTO vault VALUES (1, '%s'), (2, '%s')"
            .formatted(type, value, value));
    Path backup = scene.backup();
    database.execute("DELETE FROM vault WHERE id = 2");
    return backup;
  }

  private RestoreRequest request(Path backup, boolean withoutKey, boolean confirmed) {
    return scene.request(
        backup,
        Mode.EXACT,
        List.of(),
        List.of(),
        withoutKey,
        confirmed ? Optional.of(database.name()) : Optional.empty());
  }

  private static void requireRefused(ThrowingCallable work, String reason) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            CofferException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.KEY_NEEDED);
              assertThat(refusal.fact()).contains("table vault: column secret (", reason);
              assertThat(refusal.hint()).startsWith("Nothing was changed.").contains("--identity");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mood NOT NULL                            | good     | no value that nobody could use",
        "inet NOT NULL                            | 10.0.0.1 | no value that nobody could use",
        "starting NOT NULL                        | sesame   | its type's constraints",
        "text NOT NULL CONSTRAINT hex CHECK (secret ~ '^[0-9a-f]+$') | ab | the constraint hex",
        "text CONSTRAINT there CHECK (secret IS NOT NULL)            | ab | the constraint there"
      })
  void thePlanRefusesWhatCouldNotBeInserted(String type, String value, String reason) {
    Path backup = lose(type, value);
    List<String> before = scene.state();

    requireRefused(() -> Restore.run(request(backup, true, false), Progress.SILENT), reason);
    requireRefused(() -> Restore.run(request(backup, true, true), Progress.SILENT), reason);

    assertThat(scene.state()).isEqualTo(before);
    assertThat(Restore.run(request(backup, false, false), Progress.SILENT).plan().notices())
        .anyMatch(notice -> notice.contains("Not without the key") && notice.contains(reason));
    scene.restore(backup, Mode.EXACT);
    assertThat(database.values("SELECT secret FROM vault")).containsExactly(value, value);
  }

  @ParameterizedTest
  @CsvSource({
    "shorter NOT NULL, sesame, secret LIKE '!sealed:%'",
    "number NOT NULL, 7, secret < 0",
    "birth NOT NULL, 1970-01-01, secret < '0001-01-01'",
    "moment NOT NULL, 1970-01-01, secret < '0001-01-01'",
    "needed, sesame, secret LIKE '!sealed:%'",
    "starting, sesame, secret IS NULL",
    "mood, good, secret IS NULL"
  })
  void whatADomainIsOverStandsThereIfItsChecksAllow(String type, String value, String condition) {
    Path backup = lose(type, value);

    Outcome outcome = Restore.run(request(backup, true, true), Progress.SILENT);

    assertThat(outcome.plan().tables().getFirst().resetKeys()).containsExactly("[2]");
    assertThat(database.values("SELECT " + condition + " FROM vault WHERE id = 2"))
        .containsExactly("t");
  }

  @Test
  void oneRecord() {
    Path backup = lose("mood NOT NULL", "good");
    RestoreRequest whole = request(backup, true, true);
    RestoreRequest one =
        new RestoreRequest(
            backup,
            whole.live(),
            Mode.MISSING,
            List.of(),
            List.of(RecordName.parse("vault/2")),
            List.of(),
            true,
            whole.confirm(),
            List.of(),
            1);

    requireRefused(() -> Restore.run(one, Progress.SILENT), "no value that nobody could use");
  }

  @Test
  void anUndo() {
    Path backup = lose("mood NOT NULL", "good");
    database.execute("INSERT INTO vault VALUES (3, 'bad')");
    String id = scene.restore(backup, Mode.EXACT).restoreId().orElseThrow();
    List<String> restored = scene.state();

    requireRefused(
        () ->
            Undo.run(
                new UndoRequest(id, scene.request(), List.of(), true, Optional.of(database.name())),
                Progress.SILENT),
        "no value that nobody could use");
    assertThat(scene.state()).isEqualTo(restored);
  }

  private static RestoreRequest rebuild(
      TestDatabase empty, Path home, Path backup, int jobs, boolean confirmed) {
    return new RestoreRequest(
        backup,
        new Scene(empty, home).request(),
        Mode.EXACT,
        List.of(),
        List.of(),
        List.of(),
        true,
        confirmed ? Optional.of(empty.name()) : Optional.empty(),
        List.of(),
        jobs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "needed",
        "text NOT NULL CHECK (secret LIKE 's%')",
        "starting CHECK (secret IS NOT NULL)"
      })
  void anEmptyDatabaseStaysEmpty(String type) {
    Path backup = lose(type, "sesame");
    try (TestDatabase empty = TestDatabase.create(Servers.debian15())) {
      List<String> before = Scene.state(empty);

      requireRefused(
          () -> Restore.run(rebuild(empty, home, backup, 1, false), Progress.SILENT), "constraint");
      assertThat(Scene.state(empty)).isEqualTo(before);
      for (int jobs : new int[] {1, 2}) {
        requireRefused(
            () -> Restore.run(rebuild(empty, home, backup, jobs, true), Progress.SILENT),
            "constraint");
        assertThat(Scene.state(empty)).isEqualTo(before);
      }
    }
  }

  @Test
  void anEmptyDatabaseIsFilledWhereNullCanStand() {
    Path backup = lose("mood NOT NULL", "good");
    try (TestDatabase empty = TestDatabase.create(Servers.debian15())) {
      assertThat(Restore.run(rebuild(empty, home, backup, 1, false), Progress.SILENT).applied())
          .isFalse();
      assertThat(empty.values("SELECT relname FROM pg_class WHERE oid >= 16384")).isEmpty();

      Outcome outcome = Restore.run(rebuild(empty, home, backup, 1, true), Progress.SILENT);

      assertThat(outcome.rebuilt().orElseThrow().lost().toString()).contains("secret", "null");
      assertThat(empty.values("SELECT secret FROM vault")).containsExactly("null", "null");
    }
  }
}
