package dev.coffer.server.comparisons;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison found, in numbers and names: no value of any record.
 *
 * @param before the earlier state
 * @param after the later one; the database is later than any backup
 * @param summary phrases, what is lost first; empty where no record differs
 * @param same whether nothing differs, neither records nor structure
 * @param structure what differs outside of the tables that both sides have
 * @param notes what a person should know: what was not compared, and why
 */
record Report(
    ComparedSide before,
    ComparedSide after,
    List<String> summary,
    boolean same,
    long added,
    long removed,
    long changed,
    List<TableReport> tables,
    List<OneSidedTable> oneSided,
    List<StructureReport> structure,
    List<String> notes) {

  /**
   * One of the two states.
   *
   * @param name of the backup's file; of the database, where it is live
   * @param timestamp of which moment it is
   * @param legacy whether it is a file of the earlier system
   */
  record ComparedSide(
      @Schema(example = "comprehensive-backup-2026-01-23T02-00-04-512Z.json.zst") String name,
      Instant timestamp,
      boolean live,
      boolean legacy) {}

  /**
   * A table that both sides have.
   *
   * @param changedColumns records that changed there, by column
   * @param sealedChanged records whose locked values changed
   * @param sealedCompared NONE where there are none, BY_FINGERPRINT, OPEN, or UNKNOWN where they
   *     could not be compared
   * @param key columns that tell records apart; empty where none do
   */
  record TableReport(
      @Schema(example = "sales") String table,
      long rowsBefore,
      long rowsAfter,
      long added,
      long removed,
      long changed,
      Map<String, Long> changedColumns,
      long sealedChanged,
      String sealedCompared,
      List<String> key,
      List<SchemaReport> schema) {
    TableReport {
      changedColumns = new LinkedHashMap<>(changedColumns);
    }

    /** How many records differ. */
    public long differing() {
      return added + removed + changed;
    }
  }

  /**
   * How a table's structure differs.
   *
   * @param column as the earlier state calls it; empty for the table
   */
  record SchemaReport(@Schema(example = "COLUMN_ADDED") String kind, String column, String text) {}

  /** A table that only one side has; {@code side} is BEFORE or AFTER. */
  record OneSidedTable(String table, String side, long rows) {}

  /** Something else that only one side has, or that differs: ADDED, REMOVED, CHANGED. */
  record StructureReport(String difference, String kind, String name) {}

  public long differing() {
    return added + removed + changed;
  }
}
