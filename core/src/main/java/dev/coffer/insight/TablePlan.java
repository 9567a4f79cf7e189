package dev.coffer.insight;

import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.profile.Rule;
import java.util.List;

/**
 * What is watched in one table, with columns resolved to their places in a row.
 *
 * @param idColumns the primary key; empty where rows cannot or must not be named
 * @param counted whether anybody wants to know the number of rows
 * @param watches columns that are looked at in every row
 * @param nonAsciiWatches columns that are looked at where they have a byte outside ASCII
 */
record TablePlan(
    Table table,
    List<IdColumn> idColumns,
    boolean counted,
    List<Watch> watches,
    List<Watch> nonAsciiWatches,
    List<Gauge.Spec> gauges) {

  /** The rules that look at a column. */
  record Watch(int column, String key, List<Rule> rules) {
    Watch {
      rules = List.copyOf(rules);
    }
  }

  /** A column of the primary key. */
  record IdColumn(int column, boolean isBoolean) {}

  TablePlan {
    idColumns = List.copyOf(idColumns);
    watches = List.copyOf(watches);
    nonAsciiWatches = List.copyOf(nonAsciiWatches);
    gauges = List.copyOf(gauges);
  }

  QualifiedName name() {
    return table.name();
  }

  boolean watchesAnything() {
    return counted || !watches.isEmpty() || !nonAsciiWatches.isEmpty() || !gauges.isEmpty();
  }

  /** The primary key's columns; none if there is none or one is sealed. */
  static List<IdColumn> idColumns(Table table) {
    List<Column> stored = table.storedColumns();
    List<Column> key =
        stored.stream().filter(column -> table.primaryKey().contains(column.name())).toList();
    boolean usable =
        key.size() == table.primaryKey().size() && key.stream().noneMatch(Column::sealed);
    if (!usable) {
      return List.of();
    }
    return table.primaryKey().stream()
        .flatMap(name -> key.stream().filter(column -> column.name().equals(name)))
        .map(column -> new IdColumn(stored.indexOf(column), column.kind() == ValueKind.BOOLEAN))
        .toList();
  }
}
