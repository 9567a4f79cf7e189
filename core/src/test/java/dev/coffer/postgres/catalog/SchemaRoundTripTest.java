package dev.coffer.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.SequenceState;
import dev.coffer.testkit.PgDump;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that is built from the statements is the one that they were read from. */
class SchemaRoundTripTest {

  @Test
  void pgDumpSeesNoDifference() throws SQLException {
    try (TestDatabase source = TestDatabase.create(Servers.debian15());
        TestDatabase target = TestDatabase.create(Servers.debian15())) {
      SampleSchemas.loadTorture(source);
      SampleSchemas.build(target, SampleSchemas.read(source));
      String expected = PgDump.schema(source);
      assertThat(expected).hasSizeGreaterThan(50_000);
      assertThat(PgDump.schema(target)).isEqualTo(expected);
    }
  }

  /** No {@code pg_dump} at hand reads these: what was built is read again and compared. */
  @ParameterizedTest
  @ValueSource(ints = {13, 16, 17, 18})
  void readsTheSameAgain(int release) throws SQLException {
    EmbeddedServer server = Servers.embedded(release);
    try (TestDatabase source = TestDatabase.create(server);
        TestDatabase target = TestDatabase.create(server)) {
      SampleSchemas.loadTorture(source);
      DatabaseSchema schema = SampleSchemas.read(source);
      SampleSchemas.build(target, schema);
      DatabaseSchema again = SampleSchemas.read(target);
      assertThat(schema.statements()).hasSizeGreaterThan(400);
      assertThat(again.statements()).isEqualTo(schema.statements());
      assertThat(again.tables()).isEqualTo(schema.tables());
      assertThat(again.foreignKeys()).isEqualTo(schema.foreignKeys());
      assertThat(again.sequences())
          .extracting(SequenceState::name)
          .isEqualTo(schema.sequences().stream().map(SequenceState::name).toList());
      assertThat(again.notCaptured()).isEqualTo(schema.notCaptured());
      assertThat(outline(target)).isEqualTo(outline(source));
    }
  }

  /** What the statements themselves might have missed on both sides. */
  private static List<String> outline(TestDatabase database) {
    return database.values(
        """
        SELECT concat_ws(' ', 'constraint', conrelid::regclass, contypid::regtype, conname, contype,
                         pg_get_constraintdef(oid)) COLLATE "C" AS line
        FROM pg_constraint WHERE oid >= 16384 AND coninhcount = 0
        UNION ALL
        SELECT concat_ws(' ', 'column', attrelid::regclass, attname, atttypid::regtype, attnotnull,
                         atthasdef, attidentity, attgenerated, attislocal, attinhcount, attstorage,
                         attcollation::regcollation, attacl::text)
        FROM pg_attribute WHERE attrelid >= 16384 AND attnum > 0 AND NOT attisdropped
          AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace)
        UNION ALL
        SELECT concat_ws(' ', 'relation', oid::regclass, relkind, relpersistence,
                         relowner::regrole, relacl::text, reloptions::text, relreplident,
                         relispartition, relrowsecurity, relforcerowsecurity, relispopulated)
        FROM pg_class WHERE oid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace
        UNION ALL
        SELECT concat_ws(' ', 'function', oid::regprocedure, prokind, proowner::regrole,
                         proacl::text, proconfig::text)
        FROM pg_proc WHERE oid >= 16384
        UNION ALL
        SELECT concat_ws(' ', 'comment', pg_describe_object(classoid, objoid, objsubid),
                         description)
        FROM pg_description WHERE objoid >= 16384
        UNION ALL
        SELECT concat_ws(' ', 'trigger', tgrelid::regclass, tgname, tgenabled)
        FROM pg_trigger WHERE NOT tgisinternal
        ORDER BY line
        """);
  }
}
