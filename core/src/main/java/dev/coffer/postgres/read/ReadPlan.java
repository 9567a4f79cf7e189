package dev.coffer.postgres.read;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which ranges are read, in the document's order. A large table is divided at fixed page numbers,
 * so that several connections share it and a table that grew at its end is divided as before.
 *
 * @param estimatedRows by table, from the planner's statistics
 */
public record ReadPlan(
    List<TableRange> ranges, Map<QualifiedName, Long> estimatedRows, long estimatedBytes) {
  /** 8 MiB of heap: small enough to wait for in order, large enough to be worth a statement. */
  private static final int PAGES = 1024;

  /** Before PostgreSQL 14 a condition on pages reads the whole table each time. */
  private static final int FIRST_WITH_TID_RANGE_SCAN = 14;

  private static final String SIZES =
      """
      SELECT n.nspname, c.relname,
             pg_relation_size(c.oid) / current_setting('block_size')::int8,
             greatest(c.reltuples, 0)::int8, pg_table_size(c.oid)
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname <> 'information_schema'
        AND (n.nspname <> 'pg_catalog' OR c.relname = 'pg_largeobject')
      """;

  /** PostgreSQL manual, "Extension Configuration Tables". */
  private static final String CONDITIONS =
      """
      SELECT n.nspname, c.relname, pg_catalog.btrim(config.condition)
      FROM pg_catalog.pg_extension x
      CROSS JOIN LATERAL ROWS FROM (
        pg_catalog.unnest(x.extconfig), pg_catalog.unnest(x.extcondition)
      ) AS config (id, condition)
      JOIN pg_catalog.pg_class c ON c.oid = config.id
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE pg_catalog.btrim(config.condition) <> ''
      """;

  /**
   * Plans for {@code tables}, in their order.
   *
   * @throws dev.coffer.error.CofferException with a code of the {@code DATABASE_} family
   */
  public static ReadPlan of(SharedSnapshot snapshot, List<Table> tables) {
    try {
      return of(snapshot.reader(0), snapshot.description().version(), tables);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot ask for the sizes of tables");
    }
  }

  private static ReadPlan of(Connection connection, ServerVersion version, List<Table> tables)
      throws SQLException {
    Map<QualifiedName, Long> pages = new HashMap<>();
    Map<QualifiedName, Long> rows = new HashMap<>();
    Map<QualifiedName, Long> bytes = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SIZES)) {
      while (row.next()) {
        QualifiedName name = new QualifiedName(row.getString(1), row.getString(2));
        pages.put(name, row.getLong(3));
        rows.put(name, row.getLong(4));
        bytes.put(name, row.getLong(5));
      }
    }
    Map<QualifiedName, String> conditions = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CONDITIONS)) {
      while (row.next()) {
        conditions.put(new QualifiedName(row.getString(1), row.getString(2)), row.getString(3));
      }
    }
    boolean divide = version.major() >= FIRST_WITH_TID_RANGE_SCAN;
    List<TableRange> ranges = new ArrayList<>();
    Map<QualifiedName, Long> estimated = new HashMap<>();
    long total = 0;
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      String condition = conditions.getOrDefault(table.name(), "");
      boolean divisible = divide && table.kind() != Table.Kind.LARGE_OBJECTS && condition.isEmpty();
      long divided = divisible ? pages.getOrDefault(table.name(), 0L) : 0;
      addRanges(ranges, i, table, divided, condition);
      estimated.put(table.name(), rows.getOrDefault(table.name(), 0L));
      total += bytes.getOrDefault(table.name(), 0L);
    }
    return new ReadPlan(List.copyOf(ranges), Map.copyOf(estimated), total);
  }

  private static void addRanges(
      List<TableRange> ranges, int place, Table table, long pages, String condition) {
    boolean whole = pages <= PAGES;
    long from = 0;
    while (from + PAGES < pages) {
      ranges.add(new TableRange(place, table, from, from + PAGES, false, ""));
      from += PAGES;
    }
    ranges.add(new TableRange(place, table, from, TableRange.OPEN, whole, condition));
  }
}
