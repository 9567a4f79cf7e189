package dev.coffer.insight;

import dev.coffer.model.BackupInfo.FlaggedRows;
import java.util.List;
import java.util.SequencedMap;

/**
 * What was learned from all rows, in the words of the document. Values are {@code Long}, {@code
 * BigDecimal} or a {@code Map} of these.
 *
 * @param totals of the kind of backup; empty where it states none
 */
public record InsightReport(
    SequencedMap<String, Object> communicationSummary,
    List<FlaggedRows> flagged,
    SequencedMap<String, Object> totals) {

  public InsightReport {
    flagged = List.copyOf(flagged);
  }

  /** How many times a rule flagged a row. */
  public long flaggedRows() {
    return flagged.stream().mapToLong(FlaggedRows::rows).sum();
  }
}
