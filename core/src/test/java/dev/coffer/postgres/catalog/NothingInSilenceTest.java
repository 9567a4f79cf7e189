package dev.coffer.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.NotCaptured;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is in the database is either captured or named. */
class NothingInSilenceTest {

  @Test
  void everyObjectIsSpokenOf() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      SampleSchemas.loadTorture(database);
      DatabaseSchema schema = SampleSchemas.read(database);
      String all =
          Stream.concat(
                  schema.statements().stream().map(statement -> statement.sql()),
                  schema.notCaptured().stream().map(NotCaptured::name))
              .collect(Collectors.joining("\n"));
      List<String> names =
          database.values(
              """
              SELECT DISTINCT quote_ident(name) FROM (
                SELECT relname AS name FROM pg_class WHERE oid >= 16384 AND relkind <> 't'
                  AND relnamespace <> 'pg_toast'::regnamespace
                UNION ALL SELECT attname FROM pg_attribute WHERE attrelid IN
                  (SELECT oid FROM pg_class WHERE oid >= 16384 AND relkind IN ('r', 'c', 'f', 'p'))
                  AND attnum > 0 AND NOT attisdropped
                UNION ALL SELECT typname FROM pg_type WHERE oid >= 16384 AND typelem = 0
                UNION ALL SELECT proname FROM pg_proc WHERE oid >= 16384
                UNION ALL SELECT conname FROM pg_constraint WHERE oid >= 16384
                  AND coninhcount = 0
                UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
                UNION ALL SELECT polname FROM pg_policy
                UNION ALL SELECT rulename FROM pg_rewrite WHERE oid >= 16384 AND ev_type <> '1'
                UNION ALL SELECT opcname FROM pg_opclass WHERE oid >= 16384
                UNION ALL SELECT opfname FROM pg_opfamily WHERE oid >= 16384
                UNION ALL SELECT stxname FROM pg_statistic_ext
                UNION ALL SELECT nspname FROM pg_namespace WHERE oid >= 16384
              ) names
              """);
      assertThat(names).hasSizeGreaterThan(200).allSatisfy(name -> assertThat(all).contains(name));
    }
  }

  @Test
  void whatHasNoStatementIsNamed() throws SQLException {
    String role = TestDatabase.uniqueName("owner");
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(
            """
            CREATE TEMPORARY TABLE of_this_session (id serial PRIMARY KEY);
            CREATE FUNCTION f(integer, integer) RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE OPERATOR === (FUNCTION = f, LEFTARG = integer, RIGHTARG = integer,
              NEGATOR = !===);
            CREATE FUNCTION pg_catalog.misplaced() RETURNS integer LANGUAGE sql AS 'SELECT 1';
            CREATE FOREIGN DATA WRAPPER wrapper;
            CREATE SERVER server FOREIGN DATA WRAPPER wrapper
              OPTIONS (host 'db.example', password 'hunter2');
            CREATE USER MAPPING FOR CURRENT_USER SERVER server OPTIONS (password 'hunter3');
            CREATE FOREIGN TABLE remote (id integer) SERVER server;
            CREATE TABLE broken (id integer);
            CREATE INDEX broken_index ON broken (id);
            UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken_index'::regclass;
            CREATE SUBSCRIPTION subscription CONNECTION 'host=db.example password=hunter4'
              PUBLICATION p WITH (connect = false, slot_name = NONE);
            """);
        statement.execute("CREATE ROLE " + role + "; ALTER TABLE broken OWNER TO " + role);
        statement.execute("ALTER DATABASE " + database.name() + " SET work_mem = '8MB'");
        DatabaseSchema schema = SampleSchemas.read(connection);
        assertThat(schema.notCaptured())
            .extracting(gap -> gap.kind() + ": " + gap.name())
            .contains(
                "TEMPORARY TABLE: pg_temp.of_this_session",
                "FUNCTION: pg_catalog.misplaced()",
                "OPERATOR: public.!===(integer,integer)",
                "SERVER OPTION: server: password",
                "USER MAPPING OPTIONS: postgres on server",
                "FOREIGN TABLE: public.remote (rows)",
                "INDEX: public.broken_index",
                "SUBSCRIPTION: subscription",
                "ROLE: " + role,
                "DATABASE SETTING: work_mem")
            .noneMatch(gap ->
                gap.startsWith("TEMPORARY") && !gap.endsWith("TABLE: pg_temp.of_this_session"));
        assertThat(schema.tables()).extracting(table -> table.name().name()).containsOnly("broken");
        assertThat(schema.toString()).contains("db.example").doesNotContain("hunter");
      } finally {
        database.execute("DROP SUBSCRIPTION IF EXISTS subscription");
        database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
      }
    }
  }

  @Test
  void aMaterializedViewOverAnEmptyOneIsNotFilled() throws SQLException {
    try (TestDatabase source = TestDatabase.create(Servers.debian15());
        TestDatabase target = TestDatabase.create(Servers.debian15())) {
      source.execute(
          """
          CREATE MATERIALIZED VIEW lower AS SELECT 1 AS n;
          CREATE VIEW between_them AS SELECT n FROM lower;
          CREATE MATERIALIZED VIEW upper AS SELECT n FROM between_them;
          CREATE MATERIALIZED VIEW top AS SELECT n FROM upper;
          CREATE MATERIALIZED VIEW aside AS SELECT 2 AS n;
          REFRESH MATERIALIZED VIEW lower WITH NO DATA
          """);
      DatabaseSchema schema = SampleSchemas.read(source);
      assertThat(schema.notCaptured())
          .extracting(gap -> gap.kind() + ": " + gap.name())
          .containsExactly(
              "MATERIALIZED VIEW DATA: public.upper", "MATERIALIZED VIEW DATA: public.top");
      SampleSchemas.build(target, schema);
      assertThat(
              target.values("SELECT relname FROM pg_class WHERE relispopulated AND relkind = 'm'"))
          .containsExactly("aside");
    }
  }

  @Test
  void tablesOfExtensionsAreNamedUnlessTheyHoldDataOfTheUsers() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE EXTENSION hstore;
          CREATE TABLE config (id integer);
          CREATE TABLE internals (id integer);
          ALTER EXTENSION hstore ADD TABLE config;
          ALTER EXTENSION hstore ADD TABLE internals;
          UPDATE pg_extension SET extconfig = ARRAY['config'::regclass::oid], extcondition = '{""}'
          WHERE extname = 'hstore'
          """);
      DatabaseSchema schema = SampleSchemas.read(database);
      assertThat(schema.tables()).extracting(table -> table.name().name()).containsOnly("config");
      assertThat(schema.notCaptured())
          .extracting(gap -> gap.kind() + ": " + gap.name())
          .contains("EXTENSION TABLE: public.internals (rows)");
      assertThat(schema.statements())
          .extracting(statement -> statement.kind())
          .containsOnly("SETTINGS", "EXTENSION", "COMMENT");
    }
  }
}
