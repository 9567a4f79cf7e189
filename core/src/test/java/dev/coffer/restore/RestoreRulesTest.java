package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.progress.Progress;
import dev.coffer.restore.record.RecordName;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore leaves alone, refuses, and notices. */
final class RestoreRulesTest {
  private static final String TABLES =
      """
      CREATE TABLE customer (id serial PRIMARY KEY, name text, password text NOT NULL);
      CREATE TABLE sale (id serial PRIMARY KEY, customer int NOT NULL REFERENCES customer, n int);
      INSERT INTO customer (name, password) SELECT 'n' || i, 's' || i FROM generate_series(1, 20) i;
      INSERT INTO sale (customer, n) SELECT i, i FROM generate_series(1, 20) i;
      """;

  private static final String DAMAGE =
      """
      DELETE FROM sale WHERE id IN (3, 4);
      UPDATE sale SET n = -1 WHERE id = 5;
      INSERT INTO sale (customer, n) VALUES (1, 99);
      """;

  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;
  private Path backup;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(TABLES);
    scene = new Scene(database, home);
    backup = scene.backup();
    database.execute(DAMAGE);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private List<String> sales() {
    return database.values("SELECT id || ':' || n FROM sale WHERE id IN (3, 5, 21) ORDER BY id");
  }

  @Test
  void mergeLeavesWhatOnlyTheDatabaseHas() {
    Outcome outcome = scene.restore(backup, Mode.MERGE);

    assertThat(sales()).containsExactly("3:3", "5:5", "21:99");
    assertThat(outcome.plan().tables().getFirst().onlyLive()).isEqualTo(1);
    database.execute("INSERT INTO sale (customer, n) VALUES (1, 1)");
  }

  @Test
  void missingLeavesWhatDiffersToo() {
    Outcome outcome = scene.restore(backup, Mode.MISSING);

    assertThat(sales()).containsExactly("3:3", "5:-1", "21:99");
    assertThat(outcome.plan().touched()).isEqualTo(2);
    scene.undo(outcome);
    assertThat(sales()).containsExactly("5:-1", "21:99");
  }

  /** Those that the extension brings are in no backup, and nobody's business here. */
  @Test
  void ofAnExtensionsTableTheUsersRowsComeBack() {
    database.execute(
        """
        CREATE EXTENSION hstore;
        CREATE TABLE config (id int PRIMARY KEY, own boolean);
        INSERT INTO config VALUES (1, false), (2, true), (3, true);
        ALTER EXTENSION hstore ADD TABLE config;
        UPDATE pg_extension SET extcondition = ARRAY[' WHERE config.own OR id > 99 '],
          extconfig = ARRAY['config'::regclass::oid] WHERE extname = 'hstore'
        """);
    Path withConfig = scene.backup();
    database.execute("DELETE FROM config WHERE id = 2; INSERT INTO config VALUES (4, false)");

    scene.restore(withConfig, Mode.EXACT);

    assertThat(database.values("SELECT id FROM config ORDER BY id"))
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void aPlanChangesNothing() {
    List<String> before = scene.state();

    Outcome outcome = Restore.run(scene.plan(backup, Mode.EXACT), Progress.SILENT);

    assertThat(outcome.applied()).isFalse();
    TablePlan sale = outcome.plan().tables().getFirst();
    assertThat(sale.inserted()).isEqualTo(2);
    assertThat(sale.changed()).isEqualTo(1);
    assertThat(sale.deletedKeys()).containsExactly("[21]");
    assertThat(scene.state()).isEqualTo(before);
    assertThat(home.resolve("restores")).doesNotExist();
  }

  @Test
  void onlyTheTableThatIsNamed() {
    database.execute("UPDATE customer SET name = 'other' WHERE id = 1");

    Restore.run(
        scene.request(
            backup,
            Mode.EXACT,
            List.of("sale"),
            scene.keys().identities(),
            false,
            Optional.of(database.name())),
        Progress.SILENT);

    assertThat(sales()).containsExactly("3:3", "5:5");
    assertThat(database.value("SELECT name FROM customer WHERE id = 1")).isEqualTo("other");
  }

  @Test
  void theWrongNameIsRefused() {
    List<String> before = scene.state();
    assertThat(
            code(() ->
                Restore.run(
                    scene.request(
                        backup, Mode.EXACT, List.of(), List.of(), false, Optional.of("other")),
                    Progress.SILENT)))
        .isEqualTo(ErrorCode.CONFIRMATION_WRONG);
    assertThat(scene.state()).isEqualTo(before);
  }

  @Test
  void aWrongIdentityIsRefused() {
    KeyHome others = KeyHome.at(home.resolve("others"));
    others.generate();
    List<String> before = scene.state();

    assertThat(
            code(() ->
                Restore.run(
                    scene.request(
                        backup,
                        Mode.EXACT,
                        List.of(),
                        others.identities(),
                        false,
                        Optional.of(database.name())),
                    Progress.SILENT)))
        .isEqualTo(ErrorCode.KEY_DOES_NOT_OPEN);
    assertThat(scene.state()).isEqualTo(before);
  }

  /** Runs SQL when a stage begins. */
  private Progress when(String stage, Runnable action) {
    return new Progress() {
      @Override
      public void stage(String name) {
        if (name.equals(stage)) {
          action.run();
        }
      }
    };
  }

  @Test
  void aPlanGrownStaleIsNotApplied() {
    for (String change :
        List.of(
            "UPDATE sale SET n = 7 WHERE id = 5",
            "INSERT INTO sale (customer, n) VALUES (2, 2)",
            "DELETE FROM sale WHERE id = 9",
            "UPDATE sale SET n = 70 WHERE id = 10",
            "ALTER TABLE sale ADD note text")) {
      List<String> after = new ArrayList<>();
      ErrorCode code =
          code(() ->
              Restore.run(
                  scene.confirmed(backup, Mode.EXACT),
                  when(
                      "locking tables",
                      () -> {
                        database.execute(change);
                        after.addAll(scene.state());
                      })));
      assertThat(code).as(change).isEqualTo(ErrorCode.PLAN_STALE);
      assertThat(scene.state()).isEqualTo(after);
      assertThat(backups()).containsExactly(backup);
    }
  }

  /** The files that a listing shows. */
  private List<Path> backups() {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(file -> file.toString().endsWith(".json.zst")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void aSafetyBackupStaysOnlyWhereSomethingWasChanged() {
    Outcome restored = scene.restore(backup, Mode.EXACT);
    Outcome again = scene.restore(backup, Mode.EXACT);

    assertThat(again.applied()).isFalse();
    assertThat(again.safety()).isEmpty();
    Path first = restored.safety().orElseThrow();
    assertThat(backups()).containsExactlyInAnyOrder(backup, first);
    database.execute("UPDATE sale SET n = 1000 WHERE id = 3");
    assertThat(code(() -> scene.undo(restored))).isEqualTo(ErrorCode.ROWS_CHANGED_SINCE);
    assertThat(backups()).containsExactlyInAnyOrder(backup, first);
    database.execute(
        "DELETE FROM sale WHERE id = 7; DELETE FROM customer WHERE id = 7;"
            + " ALTER TABLE customer ADD CHECK (id <> 7)");
    assertThat(code(() -> scene.restore(backup, Mode.MERGE)))
        .isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
    assertThat(backups()).containsExactlyInAnyOrder(backup, first);
  }

  @Test
  void undoNamesTheRowsThatChangedSince() {
    Outcome restored = scene.restore(backup, Mode.EXACT);
    database.execute("UPDATE sale SET n = 1000 WHERE id = 3");
    List<String> before = scene.state();

    assertThatThrownBy(() -> scene.undo(restored))
        .isInstanceOfSatisfying(
            CofferException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.ROWS_CHANGED_SINCE);
              assertThat(failure.fact()).contains("sale: 1 row(s) [3]").doesNotContain("1000");
            });
    assertThat(scene.state()).isEqualTo(before);
  }

  @Test
  void aSecondRestoreHasToWait() {
    List<ErrorCode> second = new ArrayList<>();

    Restore.run(
        scene.confirmed(backup, Mode.EXACT),
        when("reading back", () -> second.add(code(() -> scene.restore(backup, Mode.EXACT)))));

    assertThat(second).containsExactly(ErrorCode.RESTORE_RUNNING);
    assertThat(sales()).containsExactly("3:3", "5:5");
  }

  @Test
  void aTableThatSomebodyWritesToIsWaitedForAndThenLeft() throws Exception {
    List<String> before = scene.state();
    try (Connection writer = database.connect();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("UPDATE sale SET n = n WHERE id = 5");
      RestoreRequest patient = scene.confirmed(backup, Mode.EXACT);
      RestoreRequest impatient =
          new RestoreRequest(
              backup,
              patient
                  .live()
                  .withTimeouts(new SharedSnapshot.Timeouts(Duration.ofMillis(300), Duration.ZERO)),
              Mode.EXACT,
              List.of(),
              List.of(),
              patient.identities(),
              false,
              patient.confirm(),
              List.of(),
              1);

      assertThat(code(() -> Restore.run(impatient, Progress.SILENT)))
          .isEqualTo(ErrorCode.DATABASE_LOCKED);
    }
    assertThat(scene.state()).isEqualTo(before);
    scene.restore(backup, Mode.EXACT);
    assertThat(sales()).containsExactly("3:3", "5:5");
  }

  @Test
  void oneRecordComesBackWhileOthersAreEdited() throws Exception {
    database.execute("DELETE FROM sale WHERE customer = 3; DELETE FROM customer WHERE id = 3");
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Integer> editor =
        CompletableFuture.supplyAsync(() -> {
          int edits = 0;
          while (!over.get()) {
            database.execute("UPDATE sale SET n = n + 1 WHERE id = 10");
            edits++;
          }
          return edits;
        });
    List<String> others =
        database.values(
            "SELECT xmin || ' ' || ctid || ' ' || s FROM sale s WHERE id <> 10 AND customer <> 3");
    String before = database.value("SELECT count(*) FROM customer WHERE id = 3");
    RestoreRequest whole = scene.confirmed(backup, Mode.MISSING);
    try {
      Restore.run(
          new RestoreRequest(
              backup,
              whole.live(),
              Mode.MISSING,
              List.of(),
              List.of(RecordName.parse("customer/3")),
              whole.identities(),
              false,
              whole.confirm(),
              List.of(),
              1),
          Progress.SILENT);
    } finally {
      over.set(true);
    }

    assertThat(editor.get(30, TimeUnit.SECONDS)).isPositive();
    assertThat(database.value("SELECT n FROM sale WHERE id = 10"))
        .isEqualTo(String.valueOf(10 + editor.get()));
    assertThat(before).isEqualTo("0");
    assertThat(database.value("SELECT count(*) FROM customer WHERE id = 3")).isEqualTo("1");
    assertThat(
            database.values(
                "SELECT xmin || ' ' || ctid || ' ' || s FROM sale s"
                    + " WHERE id <> 10 AND customer <> 3"))
        .containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void aMissingParentIsNamedAndNothingChanges() throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "SET session_replication_role = replica; DELETE FROM customer WHERE id = 3");
    }
    List<String> before = scene.state();

    assertThatThrownBy(() ->
            Restore.run(
                scene.request(
                    backup,
                    Mode.EXACT,
                    List.of("sale"),
                    List.of(),
                    false,
                    Optional.of(database.name())),
                Progress.SILENT))
        .isInstanceOfSatisfying(
            CofferException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
              assertThat(failure.fact()).contains("sale_customer_fkey: 1 row(s)");
            });
    assertThat(scene.state()).isEqualTo(before);
  }

  @Test
  void withoutTheKeyExistingSecretsStayAndNewOnesWorkForNobody() {
    database.execute(
        "DELETE FROM sale WHERE id = 7; DELETE FROM customer WHERE id = 7;"
            + " UPDATE customer SET password = 'newer', name = 'x' WHERE id = 8");
    assertThat(
            code(() ->
                Restore.run(
                    scene.request(
                        backup,
                        Mode.EXACT,
                        List.of(),
                        List.of(),
                        false,
                        Optional.of(database.name())),
                    Progress.SILENT)))
        .isEqualTo(ErrorCode.KEY_NEEDED);

    Outcome outcome =
        Restore.run(
            scene.request(
                backup, Mode.EXACT, List.of(), List.of(), true, Optional.of(database.name())),
            Progress.SILENT);

    assertThat(database.value("SELECT password FROM customer WHERE id = 8")).isEqualTo("newer");
    assertThat(database.value("SELECT name FROM customer WHERE id = 8")).isEqualTo("n8");
    assertThat(database.value("SELECT password FROM customer WHERE id = 7")).startsWith("!sealed:");
    TablePlan customer = outcome.plan().tables().getFirst();
    assertThat(customer.resetKeys()).containsExactly("[7]");
    assertThat(customer.keptSecrets()).isEqualTo(1);
    scene.undo(outcome);
    assertThat(database.values("SELECT id FROM customer WHERE id = 7")).isEmpty();
  }

  /** A second run's numbers are not those that the first has put there. */
  @Test
  void withoutTheKeyNumbersComeBackAsNumbersThatNobodyUses() {
    database.execute(
        """
        CREATE TABLE door (id int PRIMARY KEY,
          "apiKey" numeric(12,2) NOT NULL UNIQUE, "secretKey" real NOT NULL);
        INSERT INTO door VALUES (1, 1.5, 1), (2, 2.5, 2)
        """);
    Path doors = scene.backup();
    for (int id = 1; id <= 2; id++) {
      database.execute("DELETE FROM door WHERE id = " + id);
      Restore.run(
          scene.request(
              doors, Mode.EXACT, List.of(), List.of(), true, Optional.of(database.name())),
          Progress.SILENT);
    }
    assertThat(
            database.value("SELECT count(*) FROM door WHERE \"apiKey\" < 0 AND \"secretKey\" < 0"))
        .isEqualTo("2");
  }

  @Test
  void whatDoesNotFitIsRefusedWithAllReasons() {
    database.execute(
        "ALTER TABLE sale ADD needed int; UPDATE sale SET needed = 1;"
            + " ALTER TABLE sale ALTER needed SET NOT NULL; ALTER TABLE sale ALTER n TYPE smallint;"
            + " ALTER TABLE customer DROP COLUMN name");

    assertThatThrownBy(() -> scene.restore(backup, Mode.EXACT))
        .isInstanceOfSatisfying(
            CofferException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.SCHEMA_DIFFERS);
              assertThat(failure.fact())
                  .contains(
                      "column needed is new", "column n is integer", "column name is missing");
            });
  }

  @Test
  void allThatIsMissingIsToldAtOnce() {
    String role = TestDatabase.uniqueName("reader");
    database.execute(
        "CREATE ROLE %1$s LOGIN PASSWORD 'x'; GRANT pg_read_all_data TO %1$s".formatted(role));
    try {
      Scene reader =
          new Scene(database, home, database.url().replaceFirst("//[^@]*@", "//" + role + ":x@"));
      assertThatThrownBy(() -> reader.restore(backup, Mode.EXACT))
          .isInstanceOfSatisfying(
              CofferException.class,
              failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_PRIVILEGES);
                assertThat(failure.fact()).contains("no INSERT, DELETE", "not the owner");
                assertThat(failure.hint()).contains("GRANT", "OWNER TO");
              });
    } finally {
      database.execute("DROP ROLE " + role);
    }
  }

  private static ErrorCode code(ThrowingCallable work) {
    try {
      work.call();
    } catch (CofferException failure) {
      return failure.code();
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
    throw new AssertionError("it went through");
  }
}
