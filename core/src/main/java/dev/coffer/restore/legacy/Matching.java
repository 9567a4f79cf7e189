package dev.coffer.restore.legacy;

import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.KeyStyle;
import dev.coffer.profile.Naming;
import dev.coffer.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pairs a legacy file's tables with a database's. */
final class Matching {

  /** Names as earlier systems made them, whatever profile applies now. */
  private static final Profile CAMEL = Profile.NEUTRAL.withKeys(KeyStyle.CAMEL_CASE);

  private final List<Table> live;
  private final Map<QualifiedName, Table> camel = new HashMap<>();

  /**
   * @param live the tables as the profile names them
   */
  Matching(DatabaseSchema schema, List<Table> live) {
    this.live = live.stream().filter(table -> table.kind() != Table.Kind.LARGE_OBJECTS).toList();
    Naming.apply(CAMEL, schema.tables(), schema.foreignKeys())
        .tables()
        .forEach(table -> camel.put(table.name(), table));
  }

  /**
   * Pairs each of the file's tables with the one of that name; where several have it, in different
   * spellings, with the one that has most of the columns.
   */
  List<TableMatch> match(Map<String, FileScan.FoundTable> found) {
    List<TableMatch> matches = new ArrayList<>();
    found.forEach((name, table) ->
        live.stream()
            .filter(candidate -> rank(candidate, name) >= 0)
            .filter(
                candidate -> matches.stream().noneMatch(match -> match.live().equals(candidate)))
            .sorted(Comparator.comparingInt(candidate -> rank(candidate, name)))
            .map(candidate -> TableMatch.of(name, table, candidate, camel(candidate)))
            .reduce((best, next) -> next.keys().size() > best.keys().size() ? next : best)
            .ifPresent(matches::add));
    return matches;
  }

  private Table camel(Table table) {
    return Optional.ofNullable(camel.get(table.name())).orElse(table);
  }

  /** Which of a table's names this is, the best first; -1 for none. */
  private int rank(Table table, String name) {
    return names(table).indexOf(name);
  }

  private List<String> names(Table table) {
    return List.of(
        table.logicalName(),
        table.name().toString(),
        table.name().name(),
        camel(table).logicalName());
  }

  /** Whether one of the names that people use for a table was asked for. */
  boolean isNamed(TableMatch match, Set<String> wanted) {
    return wanted.contains(match.fileName())
        || names(match.live()).stream().anyMatch(wanted::contains);
  }
}
