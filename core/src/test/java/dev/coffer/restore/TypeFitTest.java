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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that users make and that are made otherwise since the backup. */
final class TypeFitTest {
  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;

  @BeforeEach
  void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TYPE mood AS ENUM ('fine', 'so, so', 'bad');
        CREATE TYPE "Pair of" AS (a int, "b, c" varchar(10), mood mood);
        CREATE TYPE deeper AS (n int, inner_pairs "Pair of"[]);
        CREATE DOMAIN wrapped AS deeper CHECK ((VALUE).n > 0);
        CREATE TABLE plain (id int PRIMARY KEY, c "Pair of");
        CREATE TABLE lists (id int PRIMARY KEY, c "Pair of"[]);
        CREATE TABLE deep (id int PRIMARY KEY, c wrapped);
        CREATE TABLE other (id int PRIMARY KEY, note text);
        INSERT INTO plain SELECT i, ROW(i, 'b' || i, 'fine')::"Pair of" FROM generate_series(1, 5) i;
        INSERT INTO lists SELECT id, ARRAY[c] FROM plain;
        INSERT INTO deep SELECT id, ROW(id, c)::deeper FROM lists;
        INSERT INTO other SELECT id, 'n' FROM plain;
        """);
    scene = new Scene(database, home);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private Outcome restore(Path backup, String table) {
    return Restore.run(
        scene.request(
            backup,
            Mode.MISSING,
            List.of(table),
            scene.keys().identities(),
            false,
            Optional.of(database.name())),
        Progress.SILENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "lists", "deep"})
  void attributesThatAreOthersAreRefused(String table) {
    Path backup = scene.backup();
    database.execute(
        """
        DELETE FROM %s WHERE id = 2; DELETE FROM other WHERE id = 2;
        ALTER TYPE "Pair of" DROP ATTRIBUTE "b, c", ADD ATTRIBUTE z text
        """
            .formatted(table));
    List<String> before = scene.state();

    assertThatThrownBy(() -> restore(backup, table))
        .isInstanceOfSatisfying(
            CofferException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_DIFFERS);
              assertThat(refusal.fact())
                  .contains("table " + table + ": column c", "type public.\"Pair of\"");
            });
    assertThat(scene.state()).isEqualTo(before);
    assertThat(restore(backup, "other").plan().touched()).isEqualTo(1);
  }

  @Test
  void oneRecordIsRefusedToo() {
    Path backup = scene.backup();
    database.execute(
        """
        DELETE FROM plain WHERE id = 2;
        ALTER TYPE "Pair of" RENAME ATTRIBUTE a TO z
        """);

    assertThatThrownBy(() ->
            Restore.run(
                new RestoreRequest(
                    backup,
                    scene.request(),
                    Mode.MISSING,
                    List.of(),
                    List.of(RecordName.parse("plain/2")),
                    scene.keys().identities(),
                    false,
                    Optional.empty(),
                    List.of(),
                    1),
                Progress.SILENT))
        .isInstanceOfSatisfying(
            CofferException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_DIFFERS));
  }

  @Test
  void anUndoPutsNothingIntoOtherAttributes() {
    Path backup = scene.backup();
    database.execute("INSERT INTO plain VALUES (9, ROW(9, 'late', 'bad'))");
    Outcome restored = scene.restore(backup, Mode.EXACT);
    database.execute("ALTER TYPE \"Pair of\" DROP ATTRIBUTE \"b, c\", ADD ATTRIBUTE z varchar(10)");

    assertThatThrownBy(() -> scene.undo(restored))
        .isInstanceOfSatisfying(
            CofferException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_DIFFERS));
  }

  @Test
  void typesThatTakeMoreAreTaken() {
    Path backup = scene.backup();
    List<String> rows = rows();
    database.execute(
        """
        DELETE FROM plain WHERE id = 2; DELETE FROM deep WHERE id = 3;
        ALTER TABLE plain RENAME COLUMN c TO old; ALTER TABLE plain ADD COLUMN c "Pair of";
        UPDATE plain SET c = old; ALTER TABLE plain DROP COLUMN old;
        ALTER TYPE mood ADD VALUE 'better'
        """);

    scene.restore(backup, Mode.EXACT);

    assertThat(rows()).isEqualTo(rows);
  }

  private List<String> rows() {
    return database.values(
        "SELECT id || c::text FROM plain UNION ALL SELECT id || c::text FROM deep ORDER BY 1");
  }

  @Test
  void labelsThatAreGoneAreInThePlan() {
    Path backup = scene.backup();
    database.execute(
        "ALTER TYPE mood RENAME VALUE 'so, so' TO 'middling'; DELETE FROM plain WHERE id = 2");

    Outcome restored = scene.restore(backup, Mode.MISSING);

    assertThat(restored.plan().notices())
        .anyMatch(told -> told.contains("'so, so' of type public.mood") && told.contains("plain"));
    assertThat(restored.plan().touched()).isEqualTo(1);
  }
}
