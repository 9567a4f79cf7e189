package dev.coffer.restore.record;

import dev.coffer.compare.Row;
import dev.coffer.model.Table;
import dev.coffer.restore.record.RecordTree.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row that belongs to a record, or is needed by one that does.
 *
 * <p>Not thread-safe; those who search in parallel add under a lock.
 */
final class TreeRow {
  private final Table table;
  private final Row row;
  private final Map<String, String> values;
  private final Role role;
  private final int depth;
  private final List<Tie> ties = new ArrayList<>();

  /** How a row hangs on another one. */
  record Tie(Relation relation, TreeRow parent) {}

  /**
   * @param values of the columns that matter, by name; those that are null, or sealed and closed,
   *     are absent
   */
  TreeRow(Table table, Row row, Map<String, String> values, Role role, int depth) {
    this.table = table;
    this.row = row;
    this.values = values;
    this.role = role;
    this.depth = depth;
  }

  Table table() {
    return table;
  }

  Row row() {
    return row;
  }

  Role role() {
    return role;
  }

  /** Steps from a root; from a needed row on, steps upwards are counted. */
  int depth() {
    return depth;
  }

  void tie(List<Tie> more) {
    more.stream().filter(tie -> !ties.contains(tie)).forEach(ties::add);
  }

  List<Tie> ties() {
    return ties;
  }

  /** The tie by which the row is shown: the first of those to the row nearest to a root. */
  Optional<Tie> shownBy() {
    return ties.stream()
        .filter(tie -> tie.parent() != this)
        .reduce((one, other) -> other.parent().depth() < one.parent().depth() ? other : one);
  }

  Optional<String> value(String column) {
    return Optional.ofNullable(values.get(column));
  }

  /** The columns' values; empty where one of them is null or closed. */
  Optional<Key> key(List<String> columns) {
    List<String> found = new ArrayList<>();
    for (String column : columns) {
      String value = values.get(column);
      if (value == null) {
        return Optional.empty();
      }
      found.add(value);
    }
    return Optional.of(new Key(found));
  }

  /** Bytes of memory, roughly. */
  long weight() {
    return 600L + row.line().length + row.secrets().length;
  }
}
