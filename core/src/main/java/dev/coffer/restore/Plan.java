package dev.coffer.restore;

import java.util.ArrayList;
import java.util.List;

/**
 * What a restore would do.
 *
 * @param tables those in which something differs
 * @param compared how many tables were compared
 * @param sequences how many sequences would be set
 * @param notices what a person should know
 * @param pin what exactly it would do
 */
public record Plan(
    List<TablePlan> tables, int compared, long sequences, List<String> notices, PlanPin pin) {
  public Plan {
    tables = List.copyOf(tables);
    notices = List.copyOf(notices);
  }

  /** The same, with more that a person should know. */
  Plan telling(String beginning, List<String> more) {
    List<String> told = new ArrayList<>(notices);
    more.forEach(line -> told.add(beginning + line + "."));
    return new Plan(tables, compared, sequences, told, pin);
  }

  /** How many rows are touched. */
  public long touched() {
    return tables.stream().mapToLong(TablePlan::touched).sum();
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return touched() == 0 && sequences == 0;
  }

  /** Whether secrets are needed that no key opens. */
  public boolean lacksKey() {
    return tables.stream().anyMatch(table -> table.resets() + table.keptSecrets() > 0);
  }
}
