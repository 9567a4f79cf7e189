package dev.coffer.browse;

import dev.coffer.model.Table;
import java.util.List;
import java.util.Optional;

/**
 * A row as it is looked at.
 *
 * @param position in its table, in the document's order, from 0
 * @param key its primary key's values, whole; empty where the table has none, or it is locked
 * @param values one for each of {@link Table#storedColumns()}
 */
public record BrowsedRow(
    Table table, long position, Optional<List<String>> key, List<Value> values) {
  public BrowsedRow {
    key = key.map(List::copyOf);
    values = List.copyOf(values);
  }

  /** The values of some columns; empty where one is null, locked, cut or not there. */
  public Optional<List<String>> texts(List<String> columns) {
    List<String> texts =
        columns.stream()
            .flatMap(name ->
                values.stream()
                    .filter(value -> value.column().name().equals(name))
                    .filter(value -> value.isText() && !value.cut()))
            .map(Value::text)
            .toList();
    return texts.size() == columns.size() ? Optional.of(texts) : Optional.empty();
  }
}
