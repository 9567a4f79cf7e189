package dev.coffer.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.DatabaseSchema;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Psql;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas that others wrote, from the jars in which they ship them. */
class PublishedSchemasTest {
  private static final String CAMUNDA =
      "/org/camunda/bpm/engine/db/create/activiti.postgres.create.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/org/quartz/impl/jdbcjobstore/tables_postgres.sql",
        "/org/springframework/batch/core/schema-postgresql.sql",
        "/org/springframework/session/jdbc/schema-postgresql.sql",
        CAMUNDA + "engine.sql",
        CAMUNDA + "engine.sql," + CAMUNDA + "history.sql," + CAMUNDA + "identity.sql"
      })
  void areRebuiltAsTheyWere(String paths) throws SQLException {
    try (TestDatabase source = TestDatabase.create(Servers.debian15());
        TestDatabase target = TestDatabase.create(Servers.debian15())) {
      for (String path : List.of(paths.split(","))) {
        Psql.run(source, SampleSchemas.resource(path)).check();
      }
      DatabaseSchema schema = SampleSchemas.read(source);
      SampleSchemas.build(target, schema);
      assertThat(PgDump.schema(target)).isEqualTo(PgDump.schema(source));
      assertThat(schema.tables()).isNotEmpty();
      assertThat(schema.notCaptured()).isEmpty();
    }
  }
}
