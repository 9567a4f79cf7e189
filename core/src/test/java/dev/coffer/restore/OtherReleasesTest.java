package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.export.Fixture;
import dev.coffer.progress.Progress;
import dev.coffer.restore.record.RecordName;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every release of PostgreSQL that has its own server here, and the way from one to another. */
@ExtendWith(SeededRandom.class)
final class OtherReleasesTest {
  private static final String PEOPLE =
      """
      CREATE TABLE person (id int PRIMARY KEY, name text, password text);
      CREATE TABLE sale (id serial PRIMARY KEY, person int REFERENCES person ON DELETE CASCADE, n int);
      INSERT INTO person SELECT i, 'n' || i, 's' || i FROM generate_series(1, 9) i;
      INSERT INTO sale (person, n) SELECT i % 9 + 1, i FROM generate_series(1, 30) i;
      """;

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(ints = {13, 16, 17, 18})
  void exactAndBack(int release, Random random) throws Exception {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(release))) {
      RandomSchema schema = new RandomSchema(random);
      database.execute(schema.create());
      Scene scene = new Scene(database, home);
      Path backup = scene.backup();
      requireExactAndBack(schema, database, backup, scene);
    }
  }

  @ParameterizedTest
  @CsvSource({"15, 18", "18, 15"})
  void intoAnotherRelease(int from, int to, Random random) throws Exception {
    RandomSchema schema = new RandomSchema(random);
    Path backup;
    Map<String, String> hashes;
    try (TestDatabase source = create(from)) {
      source.execute(schema.create());
      backup = new Scene(source, home).backup();
      hashes = Fixture.hashes(backup);
    }
    try (TestDatabase target = create(to)) {
      Scene scene = new Scene(target, home);
      scene.restore(backup, Mode.EXACT);
      assertThat(hashes(scene)).isEqualTo(hashes);

      requireExactAndBack(schema, target, backup, scene);
    }
  }

  private static TestDatabase create(int release) {
    return TestDatabase.create(release == 15 ? Servers.debian15() : Servers.embedded(release));
  }

  private static void requireExactAndBack(
      RandomSchema schema, TestDatabase database, Path backup, Scene scene) throws Exception {
    Map<String, String> whole = Fixture.hashes(backup);
    for (String statement : schema.damage()) {
      RandomSchemaTest.tryTo(database, statement);
    }
    database.execute("INSERT INTO \"T 0\" (code) VALUES ('late')");
    Map<String, String> damaged = hashes(scene);

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(damaged).isNotEqualTo(whole);
    assertThat(hashes(scene)).isEqualTo(whole);
    assertThat(Restore.run(scene.plan(backup, Mode.EXACT), Progress.SILENT).plan().isEmpty())
        .isTrue();
    Outcome undone = scene.undo(restored);
    assertThat(hashes(scene)).isEqualTo(damaged);
    scene.undo(undone);
    assertThat(hashes(scene)).isEqualTo(whole);
    for (int table = 0; table < schema.tables(); table++) {
      database.execute("INSERT INTO \"T " + table + "\" (code) VALUES ('next')");
    }
  }

  /** Of all rows, by a backup that is thrown away. */
  private static Map<String, String> hashes(Scene scene) throws Exception {
    Path file = scene.backup();
    Map<String, String> hashes = Fixture.hashes(file);
    Files.delete(file);
    return hashes;
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 16, 17, 18})
  void mergeMissingAndOneRecord(int release) {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(release))) {
      database.execute(PEOPLE);
      Scene scene = new Scene(database, home);
      Path backup = scene.backup();
      String all = "SELECT id || ':' || n FROM sale WHERE id IN (3, 5, 31) ORDER BY id";
      String damage =
          "DELETE FROM sale WHERE id = 3; UPDATE sale SET n = -1 WHERE id = 5;"
              + " INSERT INTO sale (id, person, n) VALUES (31, 1, 99)";
      database.execute(damage);

      Outcome missing = scene.restore(backup, Mode.MISSING);
      assertThat(database.values(all)).containsExactly("3:3", "5:-1", "31:99");
      scene.undo(missing);
      scene.restore(backup, Mode.MERGE);
      assertThat(database.values(all)).containsExactly("3:3", "5:5", "31:99");

      database.execute("DELETE FROM person WHERE id = 4; UPDATE sale SET n = 0 WHERE person = 5");
      RestoreRequest whole = scene.confirmed(backup, Mode.MISSING);
      Outcome record =
          Restore.run(
              new RestoreRequest(
                  backup,
                  whole.live(),
                  Mode.MISSING,
                  List.of(),
                  List.of(RecordName.parse("person/4")),
                  whole.identities(),
                  false,
                  Optional.of(database.name()),
                  List.of(),
                  1),
              Progress.SILENT);
      assertThat(database.value("SELECT password FROM person WHERE id = 4")).isEqualTo("s4");
      assertThat(
              database.value(
                  "SELECT string_agg(id::text, ',' ORDER BY id) FROM sale WHERE person = 4"))
          .isEqualTo("3,12,21,30");
      assertThat(database.value("SELECT sum(n) FROM sale WHERE person = 5")).isEqualTo("0");
      scene.undo(record);
      assertThat(database.values("SELECT id FROM sale WHERE person = 4")).isEmpty();
    }
  }
}
