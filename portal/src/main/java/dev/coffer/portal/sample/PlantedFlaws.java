package dev.coffer.portal.sample;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bad rows that a sample contains on purpose. The validation rules must flag these and nothing
 * else.
 */
public record PlantedFlaws(List<PlantedFlaw> flaws) {

  /**
   * One bad row: the rule it breaks, its table by physical name, its id and the column at fault.
   * Every row breaks one rule only, by one column.
   */
  public record PlantedFlaw(String rule, String table, String id, String column) {}

  public PlantedFlaws {
    flaws = List.copyOf(flaws);
  }

  /** How many rows break each rule. */
  public Map<String, Long> countsByRule() {
    Map<String, Long> counts = new TreeMap<>();
    flaws.forEach(flaw -> counts.merge(flaw.rule(), 1L, Long::sum));
    return counts;
  }
}
