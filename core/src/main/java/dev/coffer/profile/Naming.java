package dev.coffer.profile;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.coffer.model.Column;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives tables the names, keys, seals and order they have in a document. The result depends on the
 * profile and the set of tables alone, not on the order in which the catalog lists them.
 */
public final class Naming {
  private final Profile profile;
  private final List<Table> tables;

  private Naming(Profile profile, List<Table> tables) {
    this.profile = profile;
    this.tables = tables;
  }

  /**
   * The tables as the profile names them: its own first, in its order, then the others by name.
   *
   * @param foreignKeys of the same database: a column in one is not sealed by its name alone
   * @throws dev.coffer.error.CofferException {@code PROFILE_INVALID} where the profile seals a
   *     primary key
   */
  public static NamedTables apply(
      Profile profile, List<Table> tables, List<ForeignKey> foreignKeys) {
    Naming naming = new Naming(profile, tables);
    Map<QualifiedName, String> names = naming.logicalNames();
    Sealing sealing = new Sealing(profile, foreignKeys);
    List<Table> named = new ArrayList<>();
    for (Table table : naming.inOrder()) {
      Table withKeys =
          with(table, names.getOrDefault(table.name(), ""), naming.withKeys(table), "");
      List<Column> columns = sealing.apply(withKeys);
      named.add(with(withKeys, withKeys.logicalName(), columns, fingerprintKey(columns)));
    }
    return new NamedTables(named, sealing.sealed(), sealing.notSealed(), naming.unmatchedColumns());
  }

  private List<Table> inOrder() {
    List<QualifiedName> listed = List.copyOf(profile.tables().keySet());
    Map<QualifiedName, Integer> places = new HashMap<>();
    listed.forEach(name -> places.put(name, places.size()));
    return tables.stream()
        .sorted(
            Comparator.<Table>comparingInt(
                    table -> places.getOrDefault(table.name(), listed.size()))
                .thenComparing(Table::name))
        .toList();
  }

  /**
   * A wished-for name stands where no other table wishes for it; otherwise, and where it is the SQL
   * spelling of some table, its SQL spelling, which no two tables share. The profile's own names
   * always stand: the reader has checked that they differ and that none looks like SQL.
   */
  private Map<QualifiedName, String> logicalNames() {
    Map<String, Long> wishes = tables.stream().collect(groupingBy(this::wish, counting()));
    Set<String> spellings = new HashSet<>();
    tables.forEach(table -> spellings.add(table.name().sql()));
    Map<QualifiedName, String> names = new HashMap<>();
    for (Table table : tables) {
      String wish = wish(table);
      boolean free = wishes.getOrDefault(wish, 0L) == 1 && !spellings.contains(wish);
      boolean listed = profile.tables().containsKey(table.name());
      names.put(table.name(), free || listed ? wish : table.name().sql());
    }
    return names;
  }

  private String wish(Table table) {
    String listed = profile.tables().get(table.name());
    if (listed != null) {
      return listed;
    }
    String name = table.name().toString();
    // PostgreSQL's own name, whatever the application's style.
    return table.kind() == Table.Kind.LARGE_OBJECTS ? name : inStyle(name);
  }

  private String inStyle(String name) {
    return profile.keys().apply(name);
  }

  /** Keys in the profile's style; columns whose keys would be equal all keep their names. */
  private List<Column> withKeys(Table table) {
    Map<String, Long> wishes =
        table.columns().stream().collect(groupingBy(column -> inStyle(column.name()), counting()));
    Function<Column, String> key =
        column -> {
          String wish = inStyle(column.name());
          return wishes.getOrDefault(wish, 0L) == 1 ? wish : column.name();
        };
    return table.columns().stream().map(column -> column.withKey(key.apply(column))).toList();
  }

  private static String fingerprintKey(List<Column> columns) {
    if (columns.stream().noneMatch(Column::sealed)) {
      return "";
    }
    Set<String> taken = new HashSet<>();
    columns.forEach(column -> taken.add(column.key()));
    StringBuilder key = new StringBuilder("$sealed");
    while (taken.contains(key.toString())) {
      key.append('$');
    }
    return key.toString();
  }

  private static Table with(
      Table table, String logicalName, List<Column> columns, String fingerprintKey) {
    return new Table(
        table.name(),
        logicalName,
        table.kind(),
        columns,
        table.primaryKey(),
        table.uniqueKeys(),
        fingerprintKey,
        table.ancestors());
  }

  private List<String> unmatchedColumns() {
    Set<ColumnName> mentioned = profile.columns();
    List<String> unmatched = new ArrayList<>();
    for (Table table : tables) {
      Set<String> present = new HashSet<>();
      table.columns().forEach(column -> present.add(column.name()));
      mentioned.stream()
          .filter(name -> name.table().equals(table.name()) && !present.contains(name.column()))
          .forEach(name -> unmatched.add(table.name() + "." + name.column()));
    }
    return unmatched.stream().sorted().toList();
  }
}
