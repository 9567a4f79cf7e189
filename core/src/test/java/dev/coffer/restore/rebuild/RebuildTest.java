package dev.coffer.restore.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.export.Fixture;
import dev.coffer.export.Scene;
import dev.coffer.export.TypeZoo;
import dev.coffer.postgres.catalog.SampleSchemas;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database rebuilt from its backup is, to pg_dump, the one it was. */
@ExtendWith(SeededRandom.class)
final class RebuildTest {
  private static final EmbeddedServer SERVER = Servers.debian15();
  private static final String CAMUNDA =
      "/org/camunda/bpm/engine/db/create/activiti.postgres.create.";

  @TempDir Path folder;
  private Fixture fixture;
  private TestDatabase source;
  private TestDatabase target;

  @BeforeEach
  void create() {
    fixture = new Fixture(folder);
    source = TestDatabase.create(SERVER);
    target = TestDatabase.create(SERVER);
  }

  @AfterEach
  void drop() {
    source.close();
    target.close();
  }

  private RebuildResult rebuild(int jobs) {
    Path backup = fixture.backup(source);
    RebuildResult result = Rebuilding.into(target, backup, fixture.identities(), jobs);
    assertThat(PgDump.schema(target)).isEqualTo(PgDump.schema(source));
    if (jobs < 3) {
      assertThat(PgDump.data(target)).isEqualTo(PgDump.data(source));
    }
    assertThat(Fixture.hashes(fixture.backup(target))).isEqualTo(Fixture.hashes(backup));
    return result;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatASchemaCanHoldThatHasToDoWithRows(int jobs) {
    source.execute(Scene.STRUCTURE);
    RebuildResult result = rebuild(jobs);

    assertThat(result.leftOut()).isEmpty();
    assertThat(result.lost()).isEmpty();
    assertThat(result.tables()).containsEntry("computed", 5L).containsEntry("nothing", 2L);
    assertThat(result.rows()).isEqualTo(result.tables().values().stream().mapToLong(i -> i).sum());
    target.execute("INSERT INTO computed (a) VALUES (9); INSERT INTO empty DEFAULT VALUES");
    assertThat(target.value("SELECT max(id) || ' ' || max(b) FROM computed")).isEqualTo("22 18");
    assertThat(target.value("SELECT id FROM empty")).isEqualTo("3");
    assertThat(target.value("SELECT reltuples FROM pg_class WHERE relname = 'computed'"))
        .isEqualTo("5");
  }

  @Test
  void aTableThatIsMostOfTheRowsIsLoadedByAllConnections() {
    source.execute(
        """
        CREATE TABLE large (id int PRIMARY KEY, note text);
        INSERT INTO large SELECT i, repeat(md5(i::text), 20) FROM generate_series(1, 12000) i;
        CREATE TABLE small (id int PRIMARY KEY REFERENCES large);
        INSERT INTO small SELECT generate_series(1, 100);
        """);
    assertThat(rebuild(3).rows()).isEqualTo(12_100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void sealedValues(int jobs) {
    source.execute(Scene.SECRETS);
    assertThat(rebuild(jobs).lost()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void valuesOfEveryType(int jobs, Random random) {
    TypeZoo.fill(source, random);
    assertThat(rebuild(jobs).rows()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyFeatureOfASchema(int jobs) {
    SampleSchemas.loadTorture(source);
    assertThat(rebuild(jobs).leftOut()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, /org/quartz/impl/jdbcjobstore/tables_postgres.sql",
    "2, /org/quartz/impl/jdbcjobstore/tables_postgres.sql",
    "1, /org/springframework/batch/core/schema-postgresql.sql",
    "2, /org/springframework/session/jdbc/schema-postgresql.sql",
    "2, " + CAMUNDA + "engine.sql;" + CAMUNDA + "history.sql;" + CAMUNDA + "identity.sql"
  })
  void schemasThatOthersWrote(int jobs, String paths) {
    for (String path : List.of(paths.split(";"))) {
      Psql.run(source, SampleSchemas.resource(path)).check();
    }
    assertThat(rebuild(jobs).leftOut()).isEmpty();
  }
}
