package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something to count while rows pass; docs/profiles.md tells each form's result. Lists of columns
 * name one column per table, and their tables are counted together.
 */
public sealed interface Metric {

  /** Rows. */
  record Count(List<QualifiedName> tables) implements Metric {}

  /** Rows whose column has one of the values. */
  record CountMatching(List<ColumnName> columns, Set<String> values) implements Metric {}

  /** The share of rows whose column has one of the values, in percent. */
  record Rate(List<ColumnName> columns, Set<String> values, int decimals) implements Metric {}

  /** Rows by value. */
  record CountBy(List<ColumnName> columns) implements Metric {}

  /** An exact sum, rounded half up to {@code decimals} where given. */
  record Sum(List<ColumnName> columns, Optional<Integer> decimals) implements Metric {}

  /** The mean of the values that are not null, rounded half up. */
  record Average(List<ColumnName> columns, int decimals) implements Metric {}

  /** Rows and sums by value of one column, under labels of another table where it is present. */
  record GroupBy(ColumnName column, SequencedMap<String, String> sums, Optional<Lookup> lookup)
      implements Metric {}

  /** Where {@link GroupBy} finds a group's label. */
  record Lookup(QualifiedName table, String key, String label) {}

  /** The tables of which at least one must be present for the metric to have a value. */
  default List<QualifiedName> tables() {
    return switch (this) {
      case Count(var tables) -> tables;
      case CountMatching(var columns, _) -> tablesOf(columns);
      case Rate(var columns, _, _) -> tablesOf(columns);
      case CountBy(var columns) -> tablesOf(columns);
      case Sum(var columns, _) -> tablesOf(columns);
      case Average(var columns, _) -> tablesOf(columns);
      case GroupBy(var column, _, _) -> List.of(column.table());
    };
  }

  /** Every column whose values the metric reads. */
  default List<ColumnName> columns() {
    return switch (this) {
      case Count _ -> List.of();
      case CountMatching(var columns, _) -> columns;
      case Rate(var columns, _, _) -> columns;
      case CountBy(var columns) -> columns;
      case Sum(var columns, _) -> columns;
      case Average(var columns, _) -> columns;
      case GroupBy(var column, var sums, var lookup) ->
          Stream.of(
                  Stream.of(column),
                  sums.values().stream().map(name -> new ColumnName(column.table(), name)),
                  lookup.stream()
                      .flatMap(found ->
                          Stream.of(
                              new ColumnName(found.table(), found.key()),
                              new ColumnName(found.table(), found.label()))))
              .flatMap(names -> names)
              .toList();
    };
  }

  private static List<QualifiedName> tablesOf(List<ColumnName> columns) {
    return columns.stream().map(ColumnName::table).toList();
  }
}
