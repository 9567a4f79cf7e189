package dev.coffer.compare;

import dev.coffer.model.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison found.
 *
 * @param tables those that both sides hold, in the earlier one's order
 * @param oneSided tables that only one side has
 * @param structure differences outside of the tables compared: views, functions, constraints
 * @param notes what a person should know: what was not compared, and why
 */
public record ComparisonResult(
    List<TableResult> tables,
    List<OneSided> oneSided,
    List<StructureDifference> structure,
    List<String> notes) {

  public ComparisonResult {
    tables = List.copyOf(tables);
    oneSided = List.copyOf(oneSided);
    structure = List.copyOf(structure);
    notes = List.copyOf(notes);
  }

  /**
   * Whether nothing differs, neither rows nor structure, as far as both sides could be compared.
   */
  public boolean same() {
    return oneSided.isEmpty()
        && structure.isEmpty()
        && tables.stream().noneMatch(TableResult::differs);
  }

  /** The rows that differ in the tables that both sides hold. */
  public ChangeLog.Counts counts() {
    return tables.stream()
        .map(TableResult::counts)
        .reduce(ChangeLog.Counts.NONE, ChangeLog.Counts::plus);
  }

  /**
   * A table that both sides hold.
   *
   * @param columns names in the earlier state, to how many rows changed there, only where any did
   * @param valuesChanged rows that changed outside of sealed columns
   * @param sealedChanged rows whose sealed values changed, whether or not it is known which
   * @param secrets how sealed values were compared
   * @param chunks of both sides together
   * @param skippedChunks how many of them stand on both sides and were not read
   * @param schema how its structure differs
   */
  public record TableResult(
      TablePair pair,
      long rowsBefore,
      long rowsAfter,
      ChangeLog.Counts counts,
      Map<String, Long> columns,
      long valuesChanged,
      long sealedChanged,
      Secrets secrets,
      long chunks,
      long skippedChunks,
      List<SchemaDifference> schema) {
    public TableResult {
      schema = List.copyOf(schema);
    }

    public boolean differs() {
      return counts.all() > 0 || !schema.isEmpty();
    }
  }

  /** How sealed values were compared. */
  public enum Secrets {
    /** There are none. */
    NONE,
    /** By their fingerprints: whether a row's changed, and not which. */
    BY_FINGERPRINT,
    /** Open on both sides. */
    OPEN,
    /** Not at all, but for whether there is one: nothing opens them, and another key signed. */
    UNKNOWN
  }

  /**
   * A difference in a table's structure.
   *
   * @param column as the earlier state calls it, or the only one that has it; empty for the table
   * @param text in words: {@code probably renamed to mobile}
   */
  public record SchemaDifference(Kind kind, Optional<String> column, String text) {

    /** What differs. */
    public enum Kind {
      COLUMN_ADDED,
      COLUMN_REMOVED,
      COLUMN_RENAMED,
      TYPE,
      NOT_NULL,
      GENERATION,
      KEY
    }
  }

  /**
   * A table that only one side has.
   *
   * @param rows how many it holds there
   */
  public record OneSided(Side side, QualifiedName name, String logicalName, long rows) {}

  /** One of the two states. */
  public enum Side {
    BEFORE,
    AFTER
  }

  /**
   * A statement that only one side has, or that differs.
   *
   * @param kind in PostgreSQL's words: {@code VIEW}
   */
  public record StructureDifference(Difference difference, String kind, String name) {

    /** How it differs. */
    public enum Difference {
      ADDED,
      REMOVED,
      CHANGED
    }
  }
}
