package dev.coffer.compare;

import dev.coffer.compare.ComparisonResult.SchemaDifference;
import dev.coffer.compare.ComparisonResult.SchemaDifference.Kind;
import dev.coffer.compare.TablePair.ColumnPair;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the columns and the keys of a table's two states belong together. */
record Pairing(TablePair pair, List<SchemaDifference> schema) {

  static Pairing of(Table before, Table after) {
    List<SchemaDifference> schema = new ArrayList<>();
    List<ColumnPair> all = columns(before, after, schema);
    List<ColumnPair> stored =
        all.stream()
            .filter(pair -> !pair.before().generation().computed())
            .filter(pair -> !pair.after().generation().computed())
            .toList();
    all.forEach(pair -> differences(pair, schema));
    Map<String, String> names =
        all.stream()
            .collect(Collectors.toMap(pair -> pair.before().name(), pair -> pair.after().name()));
    keyDifference(before, after, names, schema);
    return new Pairing(
        new TablePair(before, after, stored, key(before, after, stored)), List.copyOf(schema));
  }

  private static List<ColumnPair> columns(
      Table before, Table after, List<SchemaDifference> schema) {
    Map<String, Column> later = byName(after);
    Map<String, Column> earlier = byName(before);
    List<Column> gone =
        before.columns().stream().filter(column -> !later.containsKey(column.name())).toList();
    List<Column> fresh =
        after.columns().stream().filter(column -> !earlier.containsKey(column.name())).toList();
    Optional<ColumnPair> renamed = renamed(before, after, gone, fresh);
    List<ColumnPair> pairs = new ArrayList<>();
    for (Column column : before.columns()) {
      Column other = later.get(column.name());
      if (other != null) {
        pairs.add(new ColumnPair(column, other));
      } else if (renamed.isPresent()) {
        pairs.add(renamed.get());
        add(
            schema,
            Kind.COLUMN_RENAMED,
            column.name(),
            "probably renamed to " + renamed.get().after().name());
      } else {
        add(schema, Kind.COLUMN_REMOVED, column.name(), "removed; it is not compared");
      }
    }
    if (renamed.isEmpty()) {
      fresh.forEach(
          column -> add(schema, Kind.COLUMN_ADDED, column.name(), "added; it is not compared"));
    }
    return pairs;
  }

  private static Map<String, Column> byName(Table table) {
    return table.columns().stream().collect(Collectors.toMap(Column::name, Function.identity()));
  }

  /** A column that went and one of its type that came in its place: after the same columns. */
  private static Optional<ColumnPair> renamed(
      Table before, Table after, List<Column> gone, List<Column> fresh) {
    if (gone.size() != 1 || fresh.size() != 1) {
      return Optional.empty();
    }
    Column from = gone.getFirst();
    Column to = fresh.getFirst();
    boolean same =
        before.columns().indexOf(from) == after.columns().indexOf(to)
            && from.type().equals(to.type())
            && from.generation().computed() == to.generation().computed();
    return same ? Optional.of(new ColumnPair(from, to)) : Optional.empty();
  }

  private static void differences(ColumnPair pair, List<SchemaDifference> schema) {
    Column before = pair.before();
    Column after = pair.after();
    if (!before.type().equals(after.type())) {
      add(schema, Kind.TYPE, before.name(), "type " + before.type() + ", now " + after.type());
    }
    if (before.notNull() != after.notNull()) {
      add(
          schema,
          Kind.NOT_NULL,
          before.name(),
          after.notNull() ? "may no longer be null" : "may be null now");
    }
    if (before.generation() != after.generation()) {
      add(
          schema,
          Kind.GENERATION,
          before.name(),
          "generation " + before.generation() + ", now " + after.generation());
    }
  }

  private static void keyDifference(
      Table before, Table after, Map<String, String> names, List<SchemaDifference> schema) {
    List<String> expected =
        before.primaryKey().stream().map(name -> names.getOrDefault(name, name)).toList();
    if (!expected.equals(after.primaryKey())) {
      schema.add(
          new SchemaDifference(
              Kind.KEY,
              Optional.empty(),
              "primary key " + list(before.primaryKey()) + ", now " + list(after.primaryKey())));
    }
  }

  private static String list(List<String> names) {
    return names.isEmpty() ? "none" : "(" + String.join(", ", names) + ")";
  }

  private static void add(List<SchemaDifference> schema, Kind kind, String column, String text) {
    schema.add(new SchemaDifference(kind, Optional.of(column), text));
  }

  /** Names, in the earlier state, of columns that tell rows apart in both states. */
  private static List<String> key(Table before, Table after, List<ColumnPair> stored) {
    Set<Set<String>> afterKeys = new HashSet<>();
    keys(after).forEach(key -> afterKeys.add(Set.copyOf(key)));
    for (List<String> key : keys(before)) {
      Set<String> names =
          stored.stream()
              .filter(pair -> key.contains(pair.before().name()) && tellsApart(pair))
              .map(pair -> pair.after().name())
              .collect(Collectors.toSet());
      if (names.size() == key.size() && afterKeys.contains(names)) {
        return key;
      }
    }
    return List.of();
  }

  private static boolean tellsApart(ColumnPair pair) {
    return pair.before().notNull()
        && pair.after().notNull()
        && !pair.before().sealed()
        && !pair.after().sealed();
  }

  private static List<List<String>> keys(Table table) {
    List<List<String>> keys = new ArrayList<>();
    if (!table.primaryKey().isEmpty()) {
      keys.add(table.primaryKey());
    }
    keys.addAll(table.uniqueKeys());
    return keys;
  }
}
