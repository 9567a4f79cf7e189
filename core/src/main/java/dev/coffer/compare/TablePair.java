package dev.coffer.compare;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.List;

/**
 * The same table in both states.
 *
 * @param columns those that both store, in the earlier state's order; others are not compared
 * @param key names, in the earlier state, of the columns that tell rows apart: a primary key or a
 *     unique key whose columns are never null. Empty where rows can only be counted
 */
public record TablePair(Table before, Table after, List<ColumnPair> columns, List<String> key) {
  public TablePair {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
  }

  /** The key's columns by their names in the later state. */
  public List<String> keyAfter() {
    return key.stream()
        .map(name ->
            columns.stream()
                .filter(column -> column.before().name().equals(name))
                .findFirst()
                .orElseThrow()
                .after()
                .name())
        .toList();
  }

  /** The same column in both states; its name may have changed. */
  public record ColumnPair(Column before, Column after) {}
}
