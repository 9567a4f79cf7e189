package dev.coffer.restore.legacy;

import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ComparisonResult.OneSided;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.ComparisonResult.TableResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a comparison with a legacy file can say. The file has no structure of its own, and what it
 * does not mention is not missing: so neither counts as a difference, and both are told.
 */
public final class LegacyComparison {
  private LegacyComparison() {}

  /**
   * A result without what the files cannot know.
   *
   * @param before where the earlier side is such a file
   * @param after where the later side is
   */
  public static ComparisonResult told(
      ComparisonResult result, Optional<Fidelity> before, Optional<Fidelity> after) {
    Map<Side, Fidelity> files = new EnumMap<>(Side.class);
    before.ifPresent(fidelity -> files.put(Side.BEFORE, fidelity));
    after.ifPresent(fidelity -> files.put(Side.AFTER, fidelity));
    if (files.isEmpty()) {
      return result;
    }
    List<String> notes = new ArrayList<>();
    files.values().forEach(fidelity -> notes.addAll(fidelity.comparisonStatements()));
    notes.addAll(result.notes());
    return new ComparisonResult(
        result.tables().stream().map(LegacyComparison::withoutSchema).toList(),
        result.oneSided().stream().filter(table -> !files.containsKey(lacking(table))).toList(),
        List.of(),
        notes);
  }

  private static Side lacking(OneSided table) {
    return table.side() == Side.BEFORE ? Side.AFTER : Side.BEFORE;
  }

  private static TableResult withoutSchema(TableResult table) {
    return new TableResult(
        table.pair(),
        table.rowsBefore(),
        table.rowsAfter(),
        table.counts(),
        table.columns(),
        table.valuesChanged(),
        table.sealedChanged(),
        table.secrets(),
        table.chunks(),
        table.skippedChunks(),
        List.of());
  }
}
