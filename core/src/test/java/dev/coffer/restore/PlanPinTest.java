package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was seen is what is done, or nothing is. */
class PlanPinTest {
  private final TestDatabase database = TestDatabase.create(Servers.embedded(18));
  private final Scene scene;
  private final Path home;
  private Path backup;

  PlanPinTest(@TempDir Path home) {
    this.home = home;
    scene = new Scene(database, home);
    backup = home;
  }

  @BeforeEach
  void fill() {
    database.execute(
        "CREATE TABLE person (id int PRIMARY KEY, name text, password text);"
            + "INSERT INTO person SELECT g, 'n' || g, 'p' || g FROM generate_series(1, 9) g");
    backup = scene.backup();
    database.execute(
        "UPDATE person SET name = 'changed', password = 'other' WHERE id = 1;"
            + "DELETE FROM person WHERE id = 2;"
            + "INSERT INTO person VALUES (10, 'late', 'secret')");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private RestoreRequest pinned(PlanPin pin) {
    RestoreRequest asked = scene.confirmed(backup, Mode.EXACT);
    return new RestoreRequest(
        asked.backup(),
        asked.live(),
        asked.mode(),
        asked.tables(),
        asked.records(),
        asked.identities(),
        asked.withoutKey(),
        asked.confirm(),
        asked.trusted(),
        asked.jobs(),
        asked.takeOver(),
        asked.skipBadRows(),
        Optional.of(pin));
  }

  private Plan plan() {
    return Restore.run(scene.plan(backup, Mode.EXACT), Progress.SILENT).plan();
  }

  @Test
  void thePlanThatWasSeenIsApplied() {
    Plan seen = plan();
    assertThat(plan().pin()).as("the same database, the same plan").isEqualTo(seen.pin());

    Outcome outcome = Restore.run(pinned(seen.pin()), Progress.SILENT);

    assertThat(outcome.applied()).isTrue();
    assertThat(outcome.plan().pin()).isEqualTo(seen.pin());
    assertThat(database.value("SELECT name || password FROM person WHERE id = 1"))
        .isEqualTo("n1p1");
  }

  @Test
  void anotherPlanIsNot() {
    for (String meanwhile :
        List.of(
            "UPDATE person SET name = 'changed again' WHERE id = 1",
            "UPDATE person SET password = 'changed again' WHERE id = 1",
            "DELETE FROM person WHERE id = 3",
            "INSERT INTO person VALUES (11, 'later', 'secret')")) {
      PlanPin seen = plan().pin();
      database.execute(meanwhile);
      List<String> before = database.values("SELECT p::text FROM person p ORDER BY id");

      assertThatThrownBy(() -> Restore.run(pinned(seen), Progress.SILENT))
          .as(meanwhile)
          .isInstanceOfSatisfying(
              CofferException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PLAN_STALE));

      assertThat(database.values("SELECT p::text FROM person p ORDER BY id")).isEqualTo(before);
    }
  }

  @Test
  void examplesShowFieldsAndNoSecret() {
    List<RowExample> examples = plan().tables().getFirst().examples();

    assertThat(examples)
        .extracting(RowExample::what, RowExample::key)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RowExample.What.DELETED, "[10]"),
            org.assertj.core.groups.Tuple.tuple(RowExample.What.CHANGED, "[1]"),
            org.assertj.core.groups.Tuple.tuple(RowExample.What.INSERTED, "[2]"));
    assertThat(examples.get(1).fields())
        .containsExactly(
            new RowExample.Field("name", Optional.of("changed"), Optional.of("n1"), false),
            new RowExample.Field("password", Optional.empty(), Optional.empty(), true));
    assertThat(examples.toString()).doesNotContain("late", "changed,", "n1");
  }

  @Test
  void theJournalTellsWhoAndWhatAlsoBesideADamagedEntry() throws IOException {
    Outcome outcome =
        Restore.run(
            scene.request(
                backup,
                Mode.MERGE,
                List.of("person"),
                scene.keys().identities(),
                false,
                Optional.of(database.name())),
            Progress.SILENT);
    Files.writeString(home.resolve(Journal.FOLDER).resolve("R-2020-01-01T00-00-00-000Z.json"), "{");

    Journal.Listing listing = Journal.in(home).list();

    assertThat(listing.damaged()).containsExactly("R-2020-01-01T00-00-00-000Z.json");
    JournalEntry entry = listing.entries().getFirst();
    assertThat(entry.id()).isEqualTo(outcome.restoreId().orElseThrow());
    assertThat(entry.createdBy()).isEqualTo("tester");
    assertThat(entry.scope()).isEqualTo("person");
  }

  @Test
  void thePlanOfAnUndoNamesWhatChangedSince() {
    Outcome outcome = scene.restore(backup, Mode.EXACT);
    String id = outcome.restoreId().orElseThrow();
    UndoRequest undo =
        new UndoRequest(id, scene.request(), scene.keys().identities(), false, Optional.empty());
    assertThat(Undo.run(undo, Progress.SILENT).plan().touched()).isEqualTo(3);
    database.execute(
        "UPDATE person SET name = 'again' WHERE id = 2; INSERT INTO person VALUES (10, 'x', 'y')");

    assertThatThrownBy(() -> Undo.run(undo, Progress.SILENT))
        .isInstanceOfSatisfying(
            CofferException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.ROWS_CHANGED_SINCE);
              assertThat(failure.fact()).contains("person: 2 row(s)", "[2]", "[10]");
            });
  }
}
