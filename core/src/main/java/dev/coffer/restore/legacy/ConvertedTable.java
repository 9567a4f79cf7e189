package dev.coffer.restore.legacy;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table of a legacy file as a current document has it: the database's, with the columns that the
 * file knows, and with the secrets that it does not.
 *
 * @param table as the document describes it
 * @param hidden the names of its columns whose values may be unknown
 */
record ConvertedTable(TableMatch match, Table table, Set<String> hidden) {

  /**
   * @param live the match's table, with what is to be sealed in it
   */
  static ConvertedTable of(TableMatch match, Table live) {
    Set<String> hidden = new LinkedHashSet<>();
    for (Column column : live.storedColumns()) {
      boolean unknown = !match.keys().containsKey(column.name());
      if (column.sealed() && (unknown || match.isHidden(column))) {
        hidden.add(column.name());
      }
    }
    boolean askedForEmpty = match.found().rows() == 0;
    List<Column> columns =
        live.storedColumns().stream()
            .filter(column ->
                askedForEmpty
                    || match.keys().containsKey(column.name())
                    || hidden.contains(column.name()))
            .toList();
    Set<String> names = new LinkedHashSet<>(columns.stream().map(Column::name).toList());
    boolean seals = columns.stream().anyMatch(Column::sealed);
    return new ConvertedTable(
        match,
        new Table(
            live.name(),
            live.logicalName(),
            live.kind(),
            columns,
            live.primaryKey(),
            live.uniqueKeys().stream().filter(names::containsAll).toList(),
            seals ? live.fingerprintKey() : "",
            live.ancestors()),
        hidden);
  }

  /** The file's key for a column; empty where the file does not know the column. */
  Optional<String> key(Column column) {
    return Optional.ofNullable(match.keys().get(column.name()));
  }
}
