package dev.coffer.server.comparisons;

import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeKind;
import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.Row;
import dev.coffer.compare.RowValues;
import dev.coffer.compare.TablePair;
import dev.coffer.server.comparisons.RecordChange.ColumnChange;
import dev.coffer.server.comparisons.RecordChange.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the differences of a table for people and programs. For one thread. */
final class RecordReader {
  private final RowValues values;
  private final int longest;

  /**
   * Reads differences.
   *
   * @param longest characters of a value that are kept
   */
  RecordReader(TablePair pair, Secrets secrets, int longest) {
    values = new RowValues(pair, secrets);
    this.longest = longest;
  }

  /** Whether a value that tells the record apart contains {@code wanted}. */
  boolean isCalled(Change change, String wanted) {
    return key(change).stream()
        .anyMatch(value -> value.text().map(text -> text.contains(wanted)).orElse(false));
  }

  private List<RowValues.Value> key(Change change) {
    return switch (change) {
      case Change.Added(Row after) -> values.name(after, Side.AFTER);
      case Change.Removed(Row before) -> values.name(before, Side.BEFORE);
      case Change.Changed(Row before, Row _) -> values.name(before, Side.BEFORE);
    };
  }

  RecordChange read(Change change) {
    List<RowValues.Value> key = key(change);
    Set<String> told = new HashSet<>();
    key.forEach(value -> told.add(value.column()));
    return switch (change) {
      case Change.Added(Row after) ->
          oneSided(ChangeKind.ADDED, key, values.all(after, Side.AFTER), told);
      case Change.Removed(Row before) ->
          oneSided(ChangeKind.REMOVED, key, values.all(before, Side.BEFORE), told);
      case Change.Changed changed -> {
        RowValues.RowChange difference = values.change(changed);
        difference.columns().forEach(column -> told.add(column.before().column()));
        yield new RecordChange(
            ChangeKind.CHANGED,
            fields(key),
            fields(others(values.all(changed.before(), Side.BEFORE), told)),
            difference.columns().stream()
                .map(column -> new ColumnChange(field(column.before()), field(column.after())))
                .toList(),
            difference.sealed());
      }
    };
  }

  private RecordChange oneSided(
      ChangeKind kind, List<RowValues.Value> key, List<RowValues.Value> all, Set<String> told) {
    return new RecordChange(kind, fields(key), fields(others(all, told)), List.of(), false);
  }

  private static List<RowValues.Value> others(List<RowValues.Value> all, Set<String> told) {
    return all.stream().filter(value -> !told.contains(value.column())).toList();
  }

  private List<Field> fields(List<RowValues.Value> all) {
    return all.stream().map(this::field).toList();
  }

  private Field field(RowValues.Value value) {
    return new Field(
        value.column(),
        value.text().map(text -> Texts.cut(text, longest)),
        value.sealed(),
        value.text().map(text -> text.length() > longest).orElse(false));
  }
}
