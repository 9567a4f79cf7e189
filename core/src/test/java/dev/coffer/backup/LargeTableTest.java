package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tables read in several ranges at once hold what they hold when read in one. */
final class LargeTableTest {
  private static TestDatabase database;

  @TempDir Path home;

  /**
   * About 4,000 pages, four ranges: updates have moved rows to the end, a stretch of more than a
   * range is empty, and the last pages are gone after VACUUM.
   */
  @BeforeAll
  static void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE large (id int PRIMARY KEY, note text NOT NULL) WITH (autovacuum_enabled = off);
        ALTER TABLE large ALTER note SET STORAGE PLAIN;
        INSERT INTO large SELECT i, repeat(md5(i::text), 30) FROM generate_series(1, 34000) i
        """);
    database.execute("UPDATE large SET note = note || 'moved' WHERE id % 97 = 0");
    database.execute("DELETE FROM large WHERE id BETWEEN 8000 AND 26000 OR id > 33500");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void oneConnectionAndFourReadTheSameRows() {
    compare();
    database.execute("VACUUM large");
    compare();
  }

  private void compare() {
    Taken one = Taking.of(database, home).connections(1).take();
    Taken four = Taking.of(database, home).connections(4).take();
    Taken compressed = Taking.of(database, home).compressed().connections(4).take();

    assertThat(Integer.parseInt(database.value("SELECT pg_relation_size('large') / 8192")))
        .isGreaterThan(3072);
    assertThat(four.hash("large")).isEqualTo(one.hash("large")).isEqualTo(compressed.hash("large"));
    assertThat(four.chunks("large"))
        .hasSizeGreaterThan(8)
        .isEqualTo(one.chunks("large"))
        .isEqualTo(compressed.chunks("large"));
    assertThat(four.rows("large")).isEqualTo(one.rows("large"));
    assertThat(four.rows("large").stream().map(row -> row.get("id").toString()))
        .containsExactlyElementsOf(database.values("SELECT id FROM large ORDER BY ctid"));
  }

  @Test
  void rowsOfManyMegabytesComeWhole() {
    try (TestDatabase wide = TestDatabase.create(Servers.debian15())) {
      wide.execute(
          """
          CREATE TABLE wide (id int PRIMARY KEY, note text, data bytea);
          INSERT INTO wide
          SELECT i, repeat(E'\\u0001"\\\\\\n€', i * 200000), decode(repeat('00ff', i * 500000), 'hex')
          FROM generate_series(1, 4) i
          """);

      Taken taken = Taking.of(wide, home).compressed().take();

      List<JsonNode> rows = taken.rows("wide");
      assertThat(rows).hasSize(4);
      for (JsonNode row : rows) {
        int id = row.get("id").intValue();
        assertThat(row.get("note").stringValue().equals("\u0001\"\\\n€".repeat(id * 200_000)))
            .isTrue();
        assertThat(row.get("data").stringValue().equals("\\x" + "00ff".repeat(id * 500_000)))
            .isTrue();
      }
    }
  }
}
