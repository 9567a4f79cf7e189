package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.compare.TablePair.ColumnPair;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The backup's tables beside the live ones. */
final class Pairs {
  private final Map<QualifiedName, TablePair> byBefore = new HashMap<>();
  private final Map<QualifiedName, TablePair> byAfter = new HashMap<>();

  Pairs(List<Table> before, List<Table> after) {
    for (Table table : before) {
      after.stream()
          .filter(live -> live.name().equals(table.name()))
          .findFirst()
          .ifPresent(live -> {
            TablePair pair = pair(table, live);
            byBefore.put(table.name(), pair);
            byAfter.put(live.name(), pair);
          });
    }
  }

  /** Empty where the table is gone. */
  Optional<TablePair> ofBackup(Table table) {
    return Optional.ofNullable(byBefore.get(table.name()));
  }

  /** Empty where the backup does not know the table. */
  Optional<TablePair> ofLive(Table table) {
    return Optional.ofNullable(byAfter.get(table.name()));
  }

  private static TablePair pair(Table before, Table after) {
    List<ColumnPair> columns = new ArrayList<>();
    for (Column column : before.storedColumns()) {
      after.storedColumns().stream()
          .filter(live -> live.name().equals(column.name()))
          .forEach(live -> columns.add(new ColumnPair(column, live)));
    }
    return new TablePair(before, after, columns, key(before, after, columns));
  }

  private static List<String> key(Table before, Table after, List<ColumnPair> columns) {
    Set<Set<String>> later = new HashSet<>();
    keys(after).forEach(key -> later.add(Set.copyOf(key)));
    Set<String> usable = new HashSet<>();
    columns.stream().filter(Pairs::tellsApart).forEach(pair -> usable.add(pair.before().name()));
    return keys(before).stream()
        .filter(key -> usable.containsAll(key) && later.contains(Set.copyOf(key)))
        .findFirst()
        .orElse(List.of());
  }

  private static boolean tellsApart(ColumnPair pair) {
    return pair.before().notNull()
        && pair.after().notNull()
        && !pair.before().sealed()
        && !pair.after().sealed();
  }

  /** The primary key first. */
  static List<List<String>> keys(Table table) {
    List<List<String>> keys = new ArrayList<>();
    if (!table.primaryKey().isEmpty()) {
      keys.add(table.primaryKey());
    }
    keys.addAll(table.uniqueKeys());
    return keys;
  }
}
