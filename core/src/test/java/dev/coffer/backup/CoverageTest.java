package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.profile.ProfileReader;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Everything that holds rows is in the document, on every release; what is not, is named. */
final class CoverageTest {
  /** 63 bytes: the longest name there is. */
  private static final String LONGEST = "é".repeat(31) + "x";

  private static final String KINDS_OF_TABLES =
      """
      CREATE SCHEMA other;
      CREATE TABLE plain (id int PRIMARY KEY);
      INSERT INTO plain VALUES (1);
      CREATE TABLE other.plain (id int);
      INSERT INTO other.plain VALUES (2);
      CREATE TABLE event (at date, region text) PARTITION BY RANGE (at);
      CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE other.event_2026 PARTITION OF event FOR VALUES FROM ('2026-01-01')
        TO ('2027-01-01') PARTITION BY LIST (region);
      CREATE TABLE event_2026_uk PARTITION OF other.event_2026 FOR VALUES IN ('uk');
      CREATE TABLE event_2026_rest PARTITION OF other.event_2026 DEFAULT;
      INSERT INTO event VALUES ('2025-05-05', 'uk'), ('2026-05-05', 'uk'), ('2026-05-05', 'de'),
        ('2026-05-06', 'fr');
      CREATE TABLE parent (id int);
      CREATE TABLE child (more text) INHERITS (parent);
      INSERT INTO parent VALUES (1);
      INSERT INTO child VALUES (2, 'two'), (3, 'three');
      CREATE UNLOGGED TABLE unlogged (id int);
      INSERT INTO unlogged VALUES (5), (6);
      CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM plain;
      CREATE SEQUENCE counter;
      SELECT setval('counter', 41);
      CREATE TABLE computed (
        id int GENERATED ALWAYS AS IDENTITY, a int, twice int GENERATED ALWAYS AS (a * 2) STORED);
      INSERT INTO computed (a) VALUES (21);
      CREATE TABLE only_computed (one int GENERATED ALWAYS AS (1) STORED);
      INSERT INTO only_computed DEFAULT VALUES;
      CREATE TABLE no_columns ();
      INSERT INTO no_columns DEFAULT VALUES;
      INSERT INTO no_columns DEFAULT VALUES;
      CREATE FOREIGN DATA WRAPPER nowhere;
      CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
      CREATE FOREIGN TABLE far_away (id int) SERVER far;
      CREATE TABLE dropped (a int, b int, c int);
      INSERT INTO dropped VALUES (1, 2, 3);
      ALTER TABLE dropped DROP b;
      """;

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(ints = {13, 15, 16, 17, 18})
  void everyKindOfTableIsThere(int release) throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(release));
        Connection session = database.connect();
        Statement statement = session.createStatement()) {
      database.execute(KINDS_OF_TABLES);
      if (release >= 18) {
        database.execute("ALTER TABLE computed ADD thrice int GENERATED ALWAYS AS (a * 3) VIRTUAL");
      }
      statement.execute("CREATE TEMP TABLE fleeting AS SELECT 1 AS one");

      Taken taken = Taking.of(database, home).take();

      assertThat(taken.document().get("source").get("serverVersion").intValue() / 10_000)
          .isEqualTo(release);
      assertThat(taken.tables())
          .containsExactlyInAnyOrder(
              "plain",
              "other.plain",
              "event_2025",
              "event_2026_uk",
              "event_2026_rest",
              "parent",
              "child",
              "unlogged",
              "computed",
              "only_computed",
              "no_columns",
              "dropped");
      assertThat(taken.rows("event_2026_rest")).hasSize(2);
      assertThat(taken.rows("parent").toString()).isEqualTo("[{\"id\":1}]");
      assertThat(taken.rows("child")).hasSize(2);
      assertThat(taken.rows("unlogged")).hasSize(2);
      assertThat(taken.rows("computed").toString()).isEqualTo("[{\"id\":1,\"a\":21}]");
      assertThat(taken.rows("only_computed").toString()).isEqualTo("[{}]");
      assertThat(taken.rows("no_columns").toString()).isEqualTo("[{}, {}]");
      assertThat(taken.rows("dropped").toString()).isEqualTo("[{\"a\":1,\"c\":3}]");
      assertThat(taken.metadata().get("totalRecords").intValue()).isEqualTo(16);
      assertThat(taken.excluded())
          .anyMatch(left -> left.contains("far_away"))
          .anyMatch(left -> left.contains("TEMPORARY") && left.contains("fleeting"));
      try (OpenedBackup read = OpenedBackup.open(taken.result().file(), List.of())) {
        assertThat(read.header().schema().tables())
            .extracting(table -> table.logicalName() + " < " + table.ancestors())
            .contains(
                "event_2025 < [event]", "event_2026_uk < [other.event_2026, event]", "plain < []");
      }
      JsonNode schema = taken.document().get("schema");
      assertThat(schema.get("tables").toString())
          .containsOnlyOnce("\"partitionOf\":[[\"public\",\"event\"]]");
      assertThat(schema.get("sequences").toString())
          .contains(
              "{\"schema\":\"public\",\"sequence\":\"counter\",\"lastValue\":41,\"called\":true}");
      assertThat(schema.get("statements").toString())
          .contains("MATERIALIZED VIEW public.counted", "GENERATED ALWAYS AS IDENTITY");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 15, 18})
  void largeObjectsComeInPages(int release) {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(release))) {
      database.execute(
          """
          SELECT lo_from_bytea(50001, '');
          SELECT lo_from_bytea(50002, '\\x2a');
          SELECT lo_from_bytea(50003, decode(repeat('01', 256 * 1024), 'hex'));
          SELECT lo_from_bytea(50004, decode(repeat('0203', 150000), 'hex'));
          -- A hole that nothing was written to.
          SELECT lo_create(50005);
          SELECT lo_put(50005, 300000, '\\x07')
          """);

      List<JsonNode> pages = Taking.of(database, home).take().rows("pg_catalog.pg_largeobject");

      assertThat(pages)
          .extracting(page -> page.get("oid") + " " + page.get("page") + " " + bytes(page).length)
          .containsExactly(
              "50001 0 0",
              "50002 0 1",
              "50003 0 262144",
              "50004 0 262144",
              "50004 1 37856",
              "50005 0 262144",
              "50005 1 37857");
      assertThat(bytes(pages.get(1))).containsExactly(0x2a);
      assertThat(bytes(pages.get(2))).containsOnly(1);
      assertThat(bytes(pages.get(4))).containsOnly(2, 3);
      assertThat(bytes(pages.get(5))).containsOnly(0);
      assertThat(bytes(pages.get(6))).endsWith(0, 7);
    }
  }

  /** The extension brings its own rows; what its table has besides is the user's. */
  @Test
  void ofAnExtensionsTableOnlyTheUsersRowsAreThere() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE EXTENSION hstore;
          CREATE TABLE config (id int, own boolean);
          CREATE TABLE whole (id int);
          INSERT INTO config VALUES (1, false), (2, true), (3, true);
          INSERT INTO whole VALUES (4);
          ALTER EXTENSION hstore ADD TABLE config;
          ALTER EXTENSION hstore ADD TABLE whole;
          UPDATE pg_extension SET extcondition = ARRAY[' WHERE own OR id > 99 ', ''],
            extconfig = ARRAY['config'::regclass::oid, 'whole'::regclass::oid]
          WHERE extname = 'hstore'
          """);

      Taken taken = Taking.of(database, home).take();

      assertThat(taken.rows("config").toString())
          .isEqualTo("[{\"id\":2,\"own\":true}, {\"id\":3,\"own\":true}]");
      assertThat(taken.rows("whole").toString()).isEqualTo("[{\"id\":4}]");
    }
  }

  private static byte[] bytes(JsonNode page) {
    return HexFormat.of().parseHex(page.get("data").stringValue().substring(2));
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 18})
  void evilIdentifiersAreToldApart(int release) {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(release))) {
      database.execute(
          """
          CREATE SCHEMA "a.b";
          CREATE SCHEMA a;
          CREATE TABLE "a.b".c (id int);
          CREATE TABLE a."b.c" (id int);
          INSERT INTO "a.b".c VALUES (1);
          INSERT INTO a."b.c" VALUES (2);
          CREATE TABLE "a.b.c" (\
          """
              + quoted("select", "A \"q\" b", "a.b", "日本", "\\", "{\"", "a\nb", "$sealed", LONGEST)
              + """
              );
              INSERT INTO "a.b.c" VALUES (1, 2, 3, 4, 5, 6, 7, 8, 9);
              CREATE TABLE "Case" (id int);
              CREATE TABLE "case" (id int);
              INSERT INTO "Case" VALUES (3);
              INSERT INTO "case" VALUES (4);
              CREATE TABLE "%1$s" ("%1$s" int);
              INSERT INTO "%1$s" VALUES (5);
              """
                  .formatted(LONGEST));

      Taken taken = Taking.of(database, home).take();

      assertThat(taken.tables()).hasSize(6);
      assertThat(taken.rows("\"a.b\".\"c\"").toString()).isEqualTo("[{\"id\":1}]");
      assertThat(taken.rows("\"a\".\"b.c\"").toString()).isEqualTo("[{\"id\":2}]");
      assertThat(taken.rows("Case").toString()).isEqualTo("[{\"id\":3}]");
      assertThat(taken.rows("case").toString()).isEqualTo("[{\"id\":4}]");
      assertThat(taken.rows(LONGEST).getFirst().get(LONGEST).intValue()).isEqualTo(5);
      String evil =
          taken.tables().stream()
              .filter(name -> name.endsWith("a.b.c\""))
              .findFirst()
              .orElseThrow();
      assertThat(taken.rows(evil).getFirst().propertyNames())
          .containsExactly(
              "select", "A \"q\" b", "a.b", "日本", "\\", "{\"", "a\nb", "$sealed", LONGEST);
      assertThat(taken.sum(evil, "日本")).isEqualTo(4);
    }
  }

  private static String quoted(String... names) {
    StringBuilder columns = new StringBuilder();
    for (String name : names) {
      columns.append(columns.isEmpty() ? "" : ", ");
      columns.append('"').append(name.replace("\"", "\"\"")).append("\" int");
    }
    return columns.toString();
  }

  @Test
  void namesThatCollideOnceCamelCasedKeepTheirOwn() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("profile.yaml"),
            """
            profile: colliding
            recognisedBy: [first_table]
            keys: camelCase
            tables:
              first_table: firstTable
            """);
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE TABLE first_table (first_name int, "firstName" int, last_name int);
          CREATE TABLE "firstTable" (id int);
          CREATE TABLE some_thing (id int);
          CREATE TABLE "someThing" (id int);
          INSERT INTO first_table VALUES (1, 2, 3);
          INSERT INTO "firstTable" VALUES (4);
          INSERT INTO some_thing VALUES (5);
          INSERT INTO "someThing" VALUES (6)
          """);

      Taken taken = Taking.of(database, home).profile(ProfileReader.read(file)).take();

      assertThat(taken.rows("firstTable").toString())
          .isEqualTo("[{\"first_name\":1,\"firstName\":2,\"lastName\":3}]");
      assertThat(taken.sum("\"public\".\"firstTable\"", "id")).isEqualTo(4);
      assertThat(taken.sum("\"public\".\"some_thing\"", "id")).isEqualTo(5);
      assertThat(taken.sum("\"public\".\"someThing\"", "id")).isEqualTo(6);
    }
  }

  @Test
  void anEmptyDatabaseIsBackedUpToo() {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(17))) {
      Taken taken = Taking.of(database, home).compressed().take();

      assertThat(taken.tables()).isEmpty();
      assertThat(taken.metadata().get("totalRecords").intValue()).isZero();
      assertThat(
              Base64.getDecoder()
                  .decode(taken.document().get("signature").get("value").stringValue()))
          .hasSize(64);
    }
  }
}
