package dev.coffer.browse;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.profile.Link;
import dev.coffer.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What ties a legacy file's tables by their names alone: {@code saleId} is the {@code id} of a row
 * of {@code sales}. Where a profile says what a column points to, names say nothing.
 */
record LegacyLinks(List<Table> tables, Profile profile) {

  List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (Table table : tables) {
      for (Column column : table.columns()) {
        if (!column.sealed() && !isKnown(table, column)) {
          target(column.key())
              .map(target ->
                  new Link(
                      table.name(), List.of(column.name()), target.name(), target.primaryKey()))
              .ifPresent(links::add);
        }
      }
    }
    return links;
  }

  private boolean isKnown(Table table, Column column) {
    return profile.links().stream()
        .anyMatch(
            link -> link.from().equals(table.name()) && link.columns().contains(column.name()));
  }

  private Optional<Table> target(String key) {
    String stem = key.replaceFirst("(?:(?<=[a-z0-9])Id|_id)$", "");
    if (stem.isEmpty() || stem.equals(key)) {
      return Optional.empty();
    }
    Set<String> names = Set.of(stem, stem + "s", stem + "es", stem.replaceFirst("y$", "") + "ies");
    List<Table> targets =
        tables.stream()
            .filter(table -> table.primaryKey().size() == 1)
            .filter(table -> names.stream().anyMatch(table.logicalName()::equalsIgnoreCase))
            .toList();
    return targets.size() == 1 ? Optional.of(targets.getFirst()) : Optional.empty();
  }
}
