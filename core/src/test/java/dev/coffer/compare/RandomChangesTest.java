package dev.coffer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.bytes.ByteSink;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Identifiers;
import dev.coffer.model.Table;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.SeededRandom;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Random tables, changed at random: what differs is what SQL says differs. */
@ExtendWith(SeededRandom.class)
final class RandomChangesTest {
  private static final List<String> EVIL =
      List.of("a\"b", "c d", "İı", "select", "x'y", "back\\slash", "{\"k\":1}", "new\nline", "d,e");

  private static final List<String> TYPES =
      List.of(
          "text", "int", "numeric", "jsonb", "bytea", "timestamptz", "boolean", "float8", "int[]");

  @TempDir Path home;

  /** A table and how its rows are told apart. */
  private record Shape(String name, List<String> types, int keyColumns, boolean primary) {
    String sql() {
      return "public." + Identifiers.quote(name);
    }

    String column(int i) {
      return Identifiers.quote(EVIL.get(i % EVIL.size()) + i);
    }

    String keyList() {
      return IntStream.range(0, keyColumns)
          .mapToObj(this::column)
          .collect(Collectors.joining(", "));
    }
  }

  @RepeatedTest(3)
  void whatDiffersIsWhatSqlSays(Random random) throws Exception {
    List<Shape> shapes = new ArrayList<>();
    try (TestDatabase before = TestDatabase.create(Servers.debian15())) {
      for (int i = 0; i < 3; i++) {
        shapes.add(create(before, random, i));
      }
      KeyHome keys = KeyHome.at(home.resolve("coffer"));
      Path first =
          State.file(
              State.request(before, home, keys, compression(random), Optional.empty(), List.of()));
      try (TestDatabase after = TestDatabase.createFrom(before)) {
        shapes.forEach(shape -> change(after, shape, random));
        Path second =
            State.file(
                State.request(after, home, keys, compression(random), Optional.empty(), List.of()));
        for (long memory : List.of(1L << 24, 20_000L)) {
          State.Told told =
              State.compare(
                  State.open(first), State.open(second), CompareOptions.all().withMemory(memory));
          for (Shape shape : shapes) {
            check(shape, before, after, told.table(shape.name()));
          }
          Map<String, Integer> left = applied(told, shapes, before);
          hashes(shapes, after).forEach((row, count) -> add(left, row, -count));
          assertThat(left).isEmpty();
        }
      }
    }
  }

  private static Compression compression(Random random) {
    return random.nextBoolean() ? Compression.ZSTD : Compression.NONE;
  }

  private static Shape create(TestDatabase database, Random random, int number) {
    List<String> types = new ArrayList<>();
    int keyColumns = random.nextInt(3);
    for (int i = 0; i < keyColumns; i++) {
      types.add(random.nextBoolean() ? "int" : "text");
    }
    int others = 1 + random.nextInt(6);
    for (int i = 0; i < others; i++) {
      types.add(TYPES.get(random.nextInt(TYPES.size())));
    }
    Shape shape =
        new Shape(
            EVIL.get(random.nextInt(EVIL.size())) + number,
            types,
            keyColumns,
            random.nextBoolean());
    String columns =
        IntStream.range(0, types.size())
            .mapToObj(
                i -> shape.column(i) + " " + types.get(i) + (i < keyColumns ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    String key =
        keyColumns == 0
            ? ""
            : ", " + (shape.primary() ? "PRIMARY KEY" : "UNIQUE") + " (" + shape.keyList() + ")";
    database.execute("CREATE TABLE " + shape.sql() + " (" + columns + key + ")");
    insert(database, shape, 0, random.nextInt(2500), random);
    return shape;
  }

  private static void insert(
      TestDatabase database, Shape shape, int from, int count, Random random) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < shape.types().size(); i++) {
      boolean key = i < shape.keyColumns();
      values.add(
          key
              ? "i" + (shape.types().get(i).equals("text") ? "::text" : "")
              : value(shape, i, random));
    }
    database.execute(
        "INSERT INTO "
            + shape.sql()
            + " SELECT "
            + String.join(", ", values)
            + " FROM generate_series("
            + (from + 1)
            + ", "
            + (from + count)
            + ") i");
  }

  private static String value(Shape shape, int column, Random random) {
    String salt = "(i * " + (1 + random.nextInt(1000)) + ")";
    String value =
        switch (shape.types().get(column)) {
          case "text" -> "repeat(md5(" + salt + "::text), 1 + i % 20) || E'\\n\"\\\\\\t'";
          case "int" -> "i % " + (1 + random.nextInt(5));
          case "numeric" -> salt + "::numeric / 7";
          case "jsonb" -> "jsonb_build_object('a', i % 9, 'b', repeat('x', i % 300))";
          case "bytea" -> "decode(md5(" + salt + "::text), 'hex')";
          case "timestamptz" -> "'2026-01-01Z'::timestamptz + " + salt + " * interval '1 second'";
          case "boolean" -> "i % 3 = 0";
          case "float8" -> "sqrt(" + salt + ")";
          default -> "ARRAY[i, " + salt + "]";
        };
    return "CASE WHEN i % " + (2 + random.nextInt(9)) + " = 0 THEN NULL ELSE " + value + " END";
  }

  private static void change(TestDatabase database, Shape shape, Random random) {
    String some = "abs(hashtext(t::text)) % 100 < ";
    String from = shape.sql() + " t";
    database.execute("DELETE FROM " + from + " WHERE " + some + random.nextInt(5));
    for (int i = shape.keyColumns(); i < shape.types().size(); i++) {
      String other = value(shape, i, random).replace("i ", "77 ").replace("(i", "(77");
      database.execute(
          "UPDATE "
              + from
              + " SET "
              + shape.column(i)
              + " = (SELECT "
              + other
              + " FROM (VALUES (1)) v(i)) WHERE "
              + some
              + random.nextInt(4));
    }
    insert(database, shape, 5000, random.nextInt(200), random);
    if (random.nextInt(3) == 0) {
      database.execute(
          "CREATE TEMP TABLE kept AS SELECT * FROM "
              + shape.sql()
              + " ORDER BY random();"
              + "DELETE FROM "
              + shape.sql()
              + "; INSERT INTO "
              + shape.sql()
              + " SELECT * FROM kept;"
              + "DROP TABLE kept");
    }
  }

  private static Map<String, List<String>> rows(Shape shape, TestDatabase database) {
    String key = shape.keyColumns() == 0 ? "t::text" : "ROW(" + shape.keyList() + ")::text";
    Map<String, List<String>> rows = new HashMap<>();
    for (String row :
        database.values("SELECT " + key + " || chr(1) || t::text FROM " + shape.sql() + " t")) {
      String[] parts = row.split("\u0001", -1);
      rows.computeIfAbsent(parts[0], any -> new ArrayList<>()).add(parts[1]);
    }
    return rows;
  }

  private static void check(
      Shape shape, TestDatabase before, TestDatabase after, ComparisonResult.TableResult result) {
    Map<String, List<String>> earlier = rows(shape, before);
    Map<String, List<String>> later = rows(shape, after);
    long removed = 0;
    long changed = 0;
    long equal = 0;
    for (Map.Entry<String, List<String>> entry : earlier.entrySet()) {
      List<String> others = later.getOrDefault(entry.getKey(), List.of());
      int both = Math.min(entry.getValue().size(), others.size());
      removed += entry.getValue().size() - both;
      boolean same = both > 0 && entry.getValue().getFirst().equals(others.getFirst());
      changed += same ? 0 : both;
      equal += same ? both : 0;
    }
    long total = later.values().stream().mapToLong(List::size).sum();
    assertThat(result.counts())
        .as(shape.toString())
        .isEqualTo(new ChangeLog.Counts(total - changed - equal, removed, changed));
    assertThat(result.pair().key()).hasSize(shape.keyColumns());
    for (int i = shape.keyColumns(); i < shape.types().size() && shape.keyColumns() > 0; i++) {
      assertThat(result.columns().getOrDefault(EVIL.get(i % EVIL.size()) + i, 0L))
          .isEqualTo(changedIn(shape, i, before, after));
    }
  }

  private static long changedIn(Shape shape, int column, TestDatabase before, TestDatabase after) {
    String sql =
        "SELECT ROW("
            + shape.keyList()
            + ")::text || chr(1) || coalesce("
            + shape.column(column)
            + "::text, chr(2)) FROM "
            + shape.sql();
    Map<String, String> earlier = new HashMap<>();
    before.values(sql).forEach(row -> earlier.put(row.split("\u0001", 2)[0], row));
    return after.values(sql).stream()
        .filter(row -> earlier.containsKey(row.split("\u0001", 2)[0]))
        .filter(row -> !row.equals(earlier.get(row.split("\u0001", 2)[0])))
        .count();
  }

  /** The earlier rows with the differences applied, as counts of first columns' texts. */
  private static Map<String, Integer> applied(
      State.Told told, List<Shape> shapes, TestDatabase before) throws Exception {
    Map<String, Integer> rows = hashes(shapes, before);
    for (ComparisonResult.TableResult table : told.result().tables()) {
      assertThat(table.counts().all()).isLessThanOrEqualTo(told.changes().size());
    }
    int at = 0;
    for (ComparisonResult.TableResult table : told.result().tables()) {
      for (int i = 0; i < table.counts().all(); i++) {
        switch (told.changes().get(at++)) {
          case Change.Added(Row after) -> count(rows, table.pair().after(), after, 1);
          case Change.Removed(Row row) -> count(rows, table.pair().before(), row, -1);
          case Change.Changed(Row row, Row after) -> {
            count(rows, table.pair().before(), row, -1);
            count(rows, table.pair().after(), after, 1);
          }
        }
      }
    }
    return rows;
  }

  private static void count(Map<String, Integer> rows, Table table, Row row, int by)
      throws Exception {
    RowDecoder decoder = new RowDecoder(table);
    decoder.read(row.line(), 0, row.line().length);
    StringBuilder text = new StringBuilder(table.name().name());
    for (int i = 0; i < decoder.columns(); i++) {
      ByteSink value = new ByteSink(64);
      if (!decoder.isNull(i)) {
        decoder.plainText(i, value);
      }
      text.append('\u0001')
          .append(
              decoder.isNull(i)
                  ? "\u0002"
                  : new String(value.toByteArray(), StandardCharsets.UTF_8));
    }
    add(rows, text.toString(), by);
  }

  private static void add(Map<String, Integer> rows, String row, int by) {
    rows.merge(row, by, Integer::sum);
    rows.remove(row, 0);
  }

  private static Map<String, Integer> hashes(List<Shape> shapes, TestDatabase database) {
    Map<String, Integer> rows = new HashMap<>();
    for (Shape shape : shapes) {
      String texts =
          IntStream.range(0, shape.types().size())
              .mapToObj(i -> "coalesce(" + text(shape, i) + ", chr(2))")
              .collect(Collectors.joining(" || chr(1) || "));
      database
          .values("SELECT " + texts + " FROM " + shape.sql())
          .forEach(row -> rows.merge(shape.name() + "\u0001" + row, 1, Integer::sum));
    }
    return rows;
  }

  private static String text(Shape shape, int column) {
    String name = shape.column(column);
    return switch (shape.types().get(column)) {
      case "boolean" -> "CASE " + name + " WHEN true THEN 't' WHEN false THEN 'f' END";
      case "timestamptz" -> "(" + name + " AT TIME ZONE 'UTC')::text || '+00'";
      default -> name + "::text";
    };
  }
}
