package dev.coffer.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Tables that refer to each other in circles, with rows, and seeded damage to them. Deterministic
 * for a seed.
 */
final class RandomSchema {
  private static final List<String> ON_DELETE =
      List.of("", " ON DELETE CASCADE", " ON DELETE RESTRICT", " ON DELETE SET NULL");

  private final Random random;
  private final int tables;
  private final List<Integer> rows = new ArrayList<>();
  private final List<Boolean> composite = new ArrayList<>();
  private final List<Boolean> keyed = new ArrayList<>();

  RandomSchema(Random random) {
    this.random = random;
    tables = 3 + random.nextInt(4);
  }

  /** Statements that make the tables, fill them, and only then refer. */
  String create() {
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < tables; i++) {
      boolean both = random.nextInt(4) == 0;
      boolean key = both || random.nextInt(5) != 0;
      composite.add(both);
      keyed.add(key);
      int count = 5 + random.nextInt(40);
      rows.add(count);
      String id = random.nextBoolean() ? "int GENERATED ALWAYS AS IDENTITY" : "serial";
      String deferrable = random.nextInt(3) == 0 ? " DEFERRABLE INITIALLY DEFERRED" : "";
      sql.append(
          """
          CREATE TABLE "T %1$d" (id %2$s, part int NOT NULL DEFAULT 1, code text,
            parent int, other int, n numeric(8,2), d jsonb%3$s%4$s);
          INSERT INTO "T %1$d" (code, parent, other, n, d)
          SELECT 'c' || i, 1 + (i * 7) %% %5$d, CASE WHEN i %% 3 > 0 THEN 1 + (i * 5) %% %5$d END,
            i * 1.25, jsonb_build_object('i', i) FROM generate_series(1, %5$d) i;
          """
              .formatted(
                  i,
                  id,
                  key ? ", PRIMARY KEY (" + (both ? "part, id" : "id") + ")" + deferrable : "",
                  random.nextBoolean() && deferrable.isEmpty()
                      ? ", UNIQUE (code)" + (random.nextBoolean() ? " DEFERRABLE" : "")
                      : "",
                  count));
    }
    for (int i = 0; i < tables; i++) {
      reference(sql, i, "parent", random.nextInt(tables));
      reference(sql, i, "other", random.nextInt(3) == 0 ? i : random.nextInt(tables));
    }
    return sql.toString();
  }

  private void reference(StringBuilder sql, int from, String column, int to) {
    if (!keyed.get(to)) {
      return;
    }
    String target = "r_" + to;
    if (!sql.toString().contains("CONSTRAINT " + target + " ")) {
      // What a foreign key points to must be immediate.
      sql.append(
          "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE \"T %d\" ADD CONSTRAINT %s UNIQUE (id);\n"
              .formatted(to, target));
    }
    sql.append(
        """
        SET CONSTRAINTS ALL IMMEDIATE;
        UPDATE "T %1$d" SET %2$s = 1 + (%2$s - 1) %% %3$d;
        SET CONSTRAINTS ALL IMMEDIATE;
        ALTER TABLE "T %1$d" ADD CONSTRAINT f_%1$d_%2$s FOREIGN KEY (%2$s) REFERENCES "T %4$d" (id)%5$s%6$s;
        """
            .formatted(
                from,
                column,
                rows.get(to),
                to,
                ON_DELETE.get(random.nextInt(ON_DELETE.size())),
                random.nextBoolean() ? " DEFERRABLE INITIALLY DEFERRED" : ""));
  }

  /** Statements that change, remove and add rows; foreign keys do what they do. */
  List<String> damage() {
    List<String> statements = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int table = random.nextInt(tables);
      int id = 1 + random.nextInt(rows.get(table));
      statements.add(
          switch (random.nextInt(6)) {
            case 0, 1 -> "DELETE FROM \"T %d\" WHERE id = %d".formatted(table, id);
            case 2 ->
                "UPDATE \"T %d\" SET n = n + 1, d = NULL WHERE id %% 3 = %d"
                    .formatted(table, id % 3);
            case 3 ->
                """
                UPDATE "T %1$d" SET code = 'swap' WHERE id = %2$d;
                UPDATE "T %1$d" SET code = 'c%2$d' WHERE id = %3$d;
                UPDATE "T %1$d" SET code = 'c%3$d' WHERE id = %2$d\
                """
                    .formatted(table, id, 1 + id % rows.get(table));
            case 4 ->
                "INSERT INTO \"T %d\" (code, n) VALUES ('new%d', 1), ('newer%d', 2)"
                    .formatted(table, i, i);
            default -> "UPDATE \"T %d\" SET parent = NULL WHERE id = %d".formatted(table, id);
          });
    }
    return statements;
  }

  int tables() {
    return tables;
  }
}
