package dev.coffer.restore.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Psql;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of schemas that others wrote, found as the database itself finds them. */
@ExtendWith(SeededRandom.class)
class PublishedRecordsTest {
  private static final String CAMUNDA =
      "/org/camunda/bpm/engine/db/create/activiti.postgres.create.";

  /** Every foreign key as a query for its children. */
  private static final String CHILDREN =
      """
      SELECT 'SELECT ''' || c.relname || '|'' || t.ctid FROM ' || k.conrelid::regclass || ' t JOIN '
        || k.confrelid::regclass || ' p ON '
        || (SELECT string_agg(format('t.%I = p.%I', a.attname, b.attname), ' AND ')
            FROM unnest(k.conkey, k.confkey) x (one, other)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.one
            JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = x.other)
        || ' WHERE ''' || f.relname || '|'' || p.ctid = '
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
      WHERE k.contype = 'f'
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/org/quartz/impl/jdbcjobstore/tables_postgres.sql",
        "/org/springframework/batch/core/schema-postgresql.sql",
        CAMUNDA + "engine.sql"
      })
  void areFoundWithWhatTheForeignKeysSay(String path, Random random) throws IOException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      Psql.run(database, resource(path)).check();
      fill(database, random);
      Scene scene = Scene.backedUp(database, folder);
      List<String> roots =
          database.values(
              """
              SELECT DISTINCT f.relname FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid
              WHERE k.contype = 'f' ORDER BY 1
              """);
      assertThat(roots).isNotEmpty();
      int compared = 0;
      for (String root : roots.subList(0, Math.min(roots.size(), 6))) {
        String key = keyOf(database, root);
        List<String> rows =
            database.values(
                "SELECT "
                    + key
                    + " FROM "
                    + root
                    + " ORDER BY 1 OFFSET "
                    + random.nextInt(10)
                    + " LIMIT 1");
        if (rows.isEmpty()) {
          continue;
        }
        Set<String> expected = oracle(database, root, key, rows.getFirst());
        RecordTree tree = scene.find(RecordOptions.missing(2), root + "/" + rows.getFirst()).tree();
        assertThat(total(tree)).as("%s/%s", root, rows.getFirst()).isEqualTo(expected.size());
        compared++;
      }
      assertThat(compared).isPositive();
    }
  }

  private static long total(RecordTree tree) {
    return tree.tables().values().stream().mapToLong(RecordTree.Counts::same).sum();
  }

  private static String keyOf(TestDatabase database, String table) {
    return database.value(
        """
        SELECT 'json_build_array(' || string_agg(quote_ident(a.attname), ', ' ORDER BY x.at) || ')::text'
        FROM pg_constraint k, unnest(k.conkey) WITH ORDINALITY x (number, at)
        JOIN pg_attribute a ON a.attnum = x.number
        WHERE k.contype = 'p' AND k.conrelid = '%s'::regclass AND a.attrelid = k.conrelid
        """
            .formatted(table));
  }

  private static Set<String> oracle(TestDatabase database, String root, String key, String value) {
    List<String> children = database.values(CHILDREN);
    List<String> open =
        new ArrayList<>(
            database.values(
                "SELECT '%s|' || ctid FROM %s WHERE %s = '%s'".formatted(root, root, key, value)));
    Set<String> found = new TreeSet<>(open);
    while (!open.isEmpty()) {
      String row = open.removeLast();
      for (String query : children) {
        if (query.contains("WHERE '" + row.substring(0, row.indexOf('|')) + "|'")) {
          for (String child : database.values(query + "'" + row + "'")) {
            if (found.add(child)) {
              open.add(child);
            }
          }
        }
      }
    }
    return found;
  }

  /** Rows without checks: first any values, then references to rows that exist. */
  private static void fill(TestDatabase database, Random random) {
    List<String> tables =
        database.values(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1");
    StringBuilder script = new StringBuilder("SET session_replication_role = replica;");
    for (String table : tables) {
      String values =
          database.value(
              """
              SELECT string_agg(CASE
                WHEN a.atttypid = 'bool'::regtype THEN 'true'
                WHEN t.typcategory = 'N' THEN 'i'
                WHEN t.typcategory = 'D' THEN 'now()'
                WHEN a.atttypid = 'bytea'::regtype THEN '''\\x00'''
                WHEN a.atttypmod > 4 AND a.atttypmod < 12 THEN '(i %% 10)::text'
                ELSE '''v'' || i' END, ', ' ORDER BY a.attnum)
              FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
              WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped
              """
                  .formatted(table));
      script.append(
          "INSERT INTO %s SELECT %s FROM generate_series(1, 30) i ON CONFLICT DO NOTHING;"
              .formatted(table, values));
    }
    database.execute(script.toString());
    List<String> links =
        database.values(
            """
            SELECT format('UPDATE %s SET %I = ''v'' || (1 + floor(random() * 40))::int WHERE random() < 0.7',
              k.conrelid::regclass, a.attname)
            FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
            WHERE k.contype = 'f' AND cardinality(k.conkey) = 1
              AND NOT EXISTS (SELECT FROM pg_constraint u WHERE u.conrelid = k.conrelid
                AND u.contype IN ('p', 'u') AND k.conkey[1] = ANY (u.conkey))
              AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)
            """);
    StringBuilder updates =
        new StringBuilder("SET session_replication_role = replica; SELECT setseed(")
            .append(random.nextInt(1000) / 1000.0)
            .append(");");
    links.forEach(link -> updates.append(link).append(';'));
    database.execute(updates.toString());
  }

  private static String resource(String path) throws IOException {
    try (InputStream input =
        Objects.requireNonNull(PublishedRecordsTest.class.getResourceAsStream(path))) {
      return new String(input.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
