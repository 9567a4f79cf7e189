package dev.coffer.server.browse;

import dev.coffer.browse.BrowsedRow;
import dev.coffer.server.web.PathName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row in a list.
 *
 * @param table its table as addresses name it
 * @param name what to call it: its key, or its number where it has none
 * @param key for the address of its page; empty where it has none
 * @param values of the columns that the list shows
 */
public record ShownRow(
    String table, String name, Optional<String> key, long position, List<ShownValue> values) {

  static ShownRow of(BrowsedRow row, List<String> columns) {
    List<ShownValue> values = new ArrayList<>();
    for (String column : columns) {
      row.values().stream()
          .filter(value -> value.column().name().equals(column))
          .map(ShownValue::brief)
          .forEach(values::add);
    }
    return new ShownRow(
        PathName.of(row.table().logicalName()),
        name(row),
        row.key().map(KeyText::of),
        row.position(),
        values);
  }

  static String name(BrowsedRow row) {
    return row.key()
        .map(key -> String.join(", ", key))
        .filter(text -> !text.isBlank())
        .orElse("No. " + (row.position() + 1));
  }
}
