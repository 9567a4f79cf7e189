package dev.coffer.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.coffer.model.Column.Generation;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogReaderTest {

  @Test
  void findsEveryTableThatHoldsRows() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      SampleSchemas.loadTorture(database);
      DatabaseSchema schema = SampleSchemas.read(database);
      assertThat(schema.tables())
          .extracting(Table::logicalName, Table::kind)
          .contains(
              tuple("app.customers", Table.Kind.TABLE),
              tuple("app.child", Table.Kind.TABLE),
              tuple("app.unlogged", Table.Kind.UNLOGGED),
              tuple("app.events_rest_b1", Table.Kind.PARTITION),
              tuple("app.no_columns", Table.Kind.TABLE),
              tuple("Odd \"Schema\".with dots.Täble \"x\".y  z", Table.Kind.TABLE),
              tuple("pg_catalog.pg_largeobject", Table.Kind.LARGE_OBJECTS))
          .doesNotContain(
              tuple("app.events", Table.Kind.TABLE),
              tuple("app.remote", Table.Kind.TABLE),
              tuple("app.zz_first", Table.Kind.TABLE))
          .doesNotHaveDuplicates();
      Table customers = table(schema, "customers");
      assertThat(customers.columns())
          .extracting("name", "type", "kind", "generation")
          .contains(
              tuple("id", "bigint", ValueKind.NUMBER, Generation.IDENTITY_ALWAYS),
              tuple("score", "app.more_positive", ValueKind.NUMBER, Generation.NONE),
              tuple("mood", "app.mood", ValueKind.TEXT, Generation.NONE),
              tuple("small", "numeric(5,2)", ValueKind.NUMBER, Generation.NONE),
              tuple("upper_email", "text", ValueKind.TEXT, Generation.STORED));
      assertThat(customers.primaryKey()).containsExactly("id");
      assertThat(customers.uniqueKeys()).containsExactly(List.of("email"));
      assertThat(table(schema, "items").uniqueKeys())
          .containsExactly(List.of("customer", "parent"));
      assertThat(schema.sequences())
          .contains(new SequenceState(new QualifiedName("app", "Down"), 17, false));
    }
  }

  @Test
  void tellsWhichTablesAPartitionIsPartOf() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE SCHEMA other;
          CREATE TABLE event (at date, region text) PARTITION BY RANGE (at);
          CREATE TABLE event_2025 PARTITION OF event
            FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
          CREATE TABLE other.event_2026 PARTITION OF event
            FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (region);
          CREATE TABLE event_2026_uk PARTITION OF other.event_2026 FOR VALUES IN ('uk');
          CREATE TABLE parent (id int);
          CREATE TABLE child (more text) INHERITS (parent);
          """);
      DatabaseSchema schema = SampleSchemas.read(database);
      QualifiedName root = new QualifiedName("public", "event");
      QualifiedName middle = new QualifiedName("other", "event_2026");
      assertThat(schema.tables())
          .extracting(Table::logicalName, Table::ancestors, Table::root)
          .containsExactlyInAnyOrder(
              tuple("event_2025", List.of(root), root),
              tuple("event_2026_uk", List.of(middle, root), root),
              tuple("parent", List.of(), new QualifiedName("public", "parent")),
              tuple("child", List.of(), new QualifiedName("public", "child")));
      Table leaf =
          schema.tables().stream()
              .filter(table -> table.name().name().equals("event_2026_uk"))
              .findFirst()
              .orElseThrow();
      assertThat(leaf.partitionOf()).contains(middle);
      assertThat(leaf.isPartOf(root)).isTrue();
      assertThat(leaf.isPartOf(new QualifiedName("public", "event_2025"))).isFalse();
    }
  }

  @Test
  void findsLinksBetweenTables() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      SampleSchemas.loadTorture(database);
      assertThat(SampleSchemas.read(database).foreignKeys())
          .contains(
              new ForeignKey(
                  "to_customer",
                  new QualifiedName("app", "items"),
                  List.of("customer"),
                  new QualifiedName("app", "customers"),
                  List.of("id"),
                  "CASCADE",
                  true,
                  true),
              new ForeignKey(
                  "from_events_customer_fkey",
                  new QualifiedName("app", "from_events_1"),
                  List.of("customer"),
                  new QualifiedName("app", "customers"),
                  List.of("id"),
                  "NO ACTION",
                  false,
                  true))
          .filteredOn(link -> link.from().name().equals("of_events"))
          .extracting(link -> link.to().name())
          .containsExactly("events");
    }
  }

  @Test
  void needsNoMoreThanToReadAllData() throws SQLException {
    String role = TestDatabase.uniqueName("reader");
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      SampleSchemas.loadTorture(database);
      database.execute(
          "CREATE ROLE " + role + " LOGIN PASSWORD 'x'; GRANT pg_read_all_data TO " + role);
      try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), role, "x")) {
        DatabaseSchema asReader = SampleSchemas.read(connection);
        assertThat(asReader).isEqualTo(SampleSchemas.read(database));
      } finally {
        database.execute("DROP ROLE " + role);
      }
    }
  }

  /** Only sequences have to be readable: where they stand is not in the catalog. */
  @ParameterizedTest
  @ValueSource(ints = {13, 18})
  void readsNoCatalogThatIsClosedToThePublic(int release) throws SQLException {
    String role = TestDatabase.uniqueName("nobody");
    try (TestDatabase database = TestDatabase.create(Servers.embedded(release))) {
      SampleSchemas.loadTorture(database);
      database.execute(
          "CREATE ROLE "
              + role
              + " LOGIN PASSWORD 'x';"
              + " GRANT USAGE ON SCHEMA app TO "
              + role
              + ";"
              + " GRANT SELECT ON ALL SEQUENCES IN SCHEMA app TO "
              + role);
      try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), role, "x")) {
        DatabaseSchema asNobody = SampleSchemas.read(connection);
        DatabaseSchema asSuperuser = SampleSchemas.read(database);
        assertThat(asNobody.statements()).containsExactlyElementsOf(asSuperuser.statements());
        assertThat(asNobody.tables()).containsExactlyElementsOf(asSuperuser.tables());
        assertThat(asNobody.notCaptured()).containsExactlyElementsOf(asSuperuser.notCaptured());
      } finally {
        database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
      }
    }
  }

  @Test
  void isDeafToTheSettingsOfTheConnectionAndLeavesThemAlone() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15());
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      SampleSchemas.loadTorture(database);
      statement.execute(
          """
          SET search_path = app, public;
          SET datestyle = 'ISO, DMY';
          SET intervalstyle = 'iso_8601';
          SET extra_float_digits = -5;
          SET quote_all_identifiers = on;
          SET timezone = 'Asia/Kathmandu'
          """);
      assertThat(SampleSchemas.read(connection).statements())
          .containsExactlyElementsOf(SampleSchemas.read(database).statements());
      try (ResultSet row =
          statement.executeQuery(
              "SELECT current_setting('search_path') || current_setting('quote_all_identifiers')")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("app, publicon");
      }
    }
  }

  @Test
  void readsSequencesInBatches() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          "DO $$ BEGIN FOR i IN 1..1203 LOOP EXECUTE 'CREATE SEQUENCE s' || i; END LOOP; END $$");
      List<SequenceState> sequences = SampleSchemas.read(database).sequences();
      assertThat(sequences)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 1203)
                  .mapToObj(number ->
                      new SequenceState(new QualifiedName("public", "s" + number), 1, false))
                  .toList());
    }
  }

  @Test
  void copesWithoutTheSchemaThatEveryDatabaseHas() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          "DROP SCHEMA public; DROP SCHEMA information_schema CASCADE; CREATE SCHEMA other;"
              + " CREATE TABLE other.thing (id integer)");
      DatabaseSchema schema = SampleSchemas.read(database);
      assertThat(schema.tables()).extracting(Table::logicalName).containsExactly("other.thing");
      assertThat(schema.statements())
          .extracting(SchemaStatement::kind)
          .containsExactly("SETTINGS", "SCHEMA", "OWNER", "TABLE", "OWNER");
    }
  }

  @Test
  void capturesSecurityLabelsWithoutTheirProvider() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE thing (id integer);
          SET allow_system_table_mods = on;
          INSERT INTO pg_seclabel (objoid, classoid, objsubid, provider, label)
          VALUES ('thing'::regclass, 'pg_class'::regclass, 0, 'selinux', 'it''s secret'),
                 ('thing'::regclass, 'pg_class'::regclass, 1, 'Other', 'x')
          """);
      assertThat(SampleSchemas.read(database).statements())
          .filteredOn(statement -> statement.kind().equals("SECURITY LABEL"))
          .extracting(SchemaStatement::sql)
          .containsExactly(
              """
              SECURITY LABEL FOR selinux ON TABLE public.thing IS 'it''s secret';
              SECURITY LABEL FOR "Other" ON COLUMN public.thing.id IS 'x';\
              """);
    }
  }

  @Test
  void anEmptyDatabaseHasNothing() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(18))) {
      DatabaseSchema schema = SampleSchemas.read(database);
      assertThat(schema.tables()).isEmpty();
      assertThat(schema.foreignKeys()).isEmpty();
      assertThat(schema.sequences()).isEmpty();
      assertThat(schema.notCaptured()).isEmpty();
      assertThat(schema.statements()).hasSize(1);
    }
  }

  private static Table table(DatabaseSchema schema, String name) {
    return schema.tables().stream()
        .filter(table -> table.name().equals(new QualifiedName("app", name)))
        .findFirst()
        .orElseThrow();
  }
}
