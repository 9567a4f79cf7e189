package dev.coffer.restore.record;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Values wanted in some columns of one table, and who wants them. Grows while it is searched for;
 * not thread-safe.
 */
final class Probe {
  private final Table table;
  private final List<Column> columns;
  private final List<String> names;
  private final Optional<Relation> relation;
  private final boolean caseless;
  private final Map<Key, List<TreeRow>> wanted = new HashMap<>();
  private final List<Key> order = new ArrayList<>();

  private Probe(Table table, List<String> columns, Optional<Relation> relation, boolean caseless) {
    this.table = table;
    this.columns = columns.stream().map(name -> column(table, name)).toList();
    names = List.copyOf(columns);
    this.relation = relation;
    this.caseless = caseless;
  }

  /** For the rows that hang on others. */
  static Probe below(Relation relation) {
    return new Probe(relation.child(), relation.columns(), Optional.of(relation), false);
  }

  /** For rows by their key. */
  static Probe of(Table table, List<String> columns) {
    return new Probe(table, columns, Optional.empty(), false);
  }

  /** For rows by a value that people type: capitals do not matter. */
  static Probe caseless(Table table, String column) {
    return new Probe(table, List.of(column), Optional.empty(), true);
  }

  static Column column(Table table, String name) {
    return table.storedColumns().stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  Table table() {
    return table;
  }

  Optional<Relation> relation() {
    return relation;
  }

  List<Column> columns() {
    return columns;
  }

  List<String> names() {
    return names;
  }

  boolean isCaseless() {
    return caseless;
  }

  /** Asks for a key; true if nobody had asked for it before. */
  boolean want(Key key, Optional<TreeRow> by) {
    Key form = form(key);
    List<TreeRow> known = wanted.get(form);
    if (known == null) {
      wanted.put(form, new ArrayList<>(by.stream().toList()));
      order.add(form);
      return true;
    }
    by.ifPresent(known::add);
    return false;
  }

  /** How many keys have been asked for. */
  int size() {
    return order.size();
  }

  /** The keys in the order in which they were asked for, from a place on. */
  List<Key> keys(int from, int to) {
    return List.copyOf(order.subList(from, to));
  }

  boolean wants(Key key) {
    return wanted.containsKey(form(key));
  }

  /** Who wants a key that is wanted. */
  List<TreeRow> wanting(Key key) {
    return Objects.requireNonNullElse(wanted.get(form(key)), List.of());
  }

  private Key form(Key key) {
    return caseless ? new Key(key.values().stream().map(KeyText::small).toList()) : key;
  }
}
