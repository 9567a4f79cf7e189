package dev.coffer.browse;

import static java.util.Comparator.comparingLong;

import dev.coffer.model.Table;
import dev.coffer.profile.Link;
import dev.coffer.profile.Profile;
import dev.coffer.restore.record.Relation;
import dev.coffer.restore.record.Relations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for the rows around one row. Small tables come first, so that a large one, which may not be
 * read to its end, keeps none of them away.
 */
final class RelativeSearch {
  private final BackupBrowser browser;
  private final Relations relations;
  private final Limits limits;
  private long bytes;

  RelativeSearch(BackupBrowser browser, Limits limits) {
    this.browser = browser;
    this.limits = limits;
    Profile profile = browser.profile();
    List<Link> followed =
        profile.records().values().stream().flatMap(kind -> kind.follows().stream()).toList();
    relations = Relations.of(browser.tables(), browser.foreignKeys(), profile.links(), followed);
  }

  Relatives of(BrowsedRow row) {
    List<Related> above = new ArrayList<>();
    for (Relation relation : bySize(relations.above(row.table()), Relation::parent)) {
      row.texts(relation.columns())
          .flatMap(values ->
              look(
                  relation,
                  relation.parent(),
                  relation.targetColumns(),
                  values,
                  relation.columns()))
          .ifPresent(above::add);
    }
    List<Related> below = new ArrayList<>();
    for (Relation relation : bySize(relations.below(row.table()), Relation::child)) {
      row.texts(relation.targetColumns())
          .flatMap(values ->
              look(
                  relation, relation.child(), relation.columns(), values, relation.targetColumns()))
          .ifPresent(below::add);
    }
    return new Relatives(above, below);
  }

  private List<Relation> bySize(List<Relation> all, Function<Relation, Table> table) {
    return all.stream()
        .sorted(comparingLong(relation -> browser.bytes(table.apply(relation))))
        .toList();
  }

  private Optional<Related> look(
      Relation relation, Table table, List<String> columns, List<String> values, List<String> own) {
    boolean sealed =
        table.sealedColumns().stream().anyMatch(column -> columns.contains(column.name()));
    if (sealed) {
      return Optional.empty();
    }
    Found found =
        bytes >= limits.bytes()
            ? new Found(List.of(), Optional.of(0L), 0)
            : browser.find(
                table,
                new Query.Exactly(columns, values),
                0,
                new Limits(limits.rows(), limits.bytes() - bytes));
    bytes += found.bytes();
    boolean declared = relation.kind() == Relation.Kind.FOREIGN_KEY;
    return Optional.of(new Related(table, columns, values, own, declared, found));
  }
}
