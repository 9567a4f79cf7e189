package dev.coffer.restore.record;

import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.read.ServerEquality;
import dev.coffer.postgres.read.ServerEquality.ValueType;
import dev.coffer.profile.ColumnName;
import dev.coffer.restore.record.TextEquality.Typed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives equal values one text. Where texts do not decide whether values are equal, the live
 * database does: its texts are {@link #learn}ed, and of those that are equal the first stands for
 * all. Columns that relations tie together are judged together.
 *
 * <p>Learning is for one thread; asking is for many.
 */
final class Spelling {
  /** Without a database: values are equal where their canonical texts are. */
  static final Spelling OF_TEXTS = new Spelling(Optional.empty(), Map.of());

  private final Optional<LiveDatabase> database;
  private final Map<QualifiedName, Map<String, Family>> families;

  /** Columns that are compared with each other, of which texts do not tell the equal values. */
  static final class Family {
    private final Optional<ValueType> type;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private volatile boolean judged;

    private Family(Optional<ValueType> type) {
      this.type = type;
      judged = type.isPresent();
    }

    /** The server cannot compare the values, or they are too many: texts have to do. */
    void giveUp() {
      judged = false;
    }
  }

  private Spelling(
      Optional<LiveDatabase> database, Map<QualifiedName, Map<String, Family>> families) {
    this.database = database;
    this.families = families;
  }

  /**
   * Looks at the types that the columns of keys and relations have in the database.
   *
   * @param tables those of the backup and of the database
   * @param relations likewise
   */
  static Spelling judgedBy(
      LiveDatabase database, Collection<Table> tables, Collection<Relation> relations) {
    Map<QualifiedName, Map<String, ValueType>> types = ServerEquality.types(database.snapshot());
    Map<ColumnName, Set<ColumnName>> tied = new LinkedHashMap<>();
    Map<ColumnName, Set<Typed>> typed = new HashMap<>();
    for (Table table : tables) {
      Set<String> names = new LinkedHashSet<>();
      Pairs.keys(table).forEach(names::addAll);
      names.forEach(name ->
          tied.computeIfAbsent(new ColumnName(table.name(), name), any -> new LinkedHashSet<>()));
      for (Column column : table.storedColumns()) {
        Optional.ofNullable(types.getOrDefault(table.name(), Map.of()).get(column.name()))
            .ifPresent(type ->
                typed
                    .computeIfAbsent(
                        new ColumnName(table.name(), column.name()), any -> new LinkedHashSet<>())
                    .add(new Typed(column, type)));
      }
    }
    for (Relation relation : relations) {
      for (int i = 0; i < relation.columns().size(); i++) {
        ColumnName child = new ColumnName(relation.child().name(), relation.columns().get(i));
        ColumnName parent =
            new ColumnName(relation.parent().name(), relation.targetColumns().get(i));
        tied.computeIfAbsent(child, any -> new LinkedHashSet<>()).add(parent);
        tied.computeIfAbsent(parent, any -> new LinkedHashSet<>()).add(child);
      }
    }
    Map<QualifiedName, Map<String, Family>> families = new HashMap<>();
    Set<ColumnName> seen = new HashSet<>();
    for (ColumnName start : tied.keySet()) {
      List<ColumnName> members = members(start, tied, seen);
      List<Typed> columns =
          members.stream().flatMap(name -> typed.getOrDefault(name, Set.of()).stream()).toList();
      if (!columns.isEmpty() && !TextEquality.decides(columns)) {
        Family family = new Family(TextEquality.common(columns));
        members.forEach(name ->
            families
                .computeIfAbsent(name.table(), any -> new HashMap<>())
                .put(name.column(), family));
      }
    }
    return new Spelling(Optional.of(database), families);
  }

  private static List<ColumnName> members(
      ColumnName start, Map<ColumnName, Set<ColumnName>> tied, Set<ColumnName> seen) {
    List<ColumnName> members = new ArrayList<>();
    if (seen.add(start)) {
      members.add(start);
    }
    for (int at = 0; at < members.size(); at++) {
      for (ColumnName next : tied.getOrDefault(members.get(at), Set.of())) {
        if (seen.add(next)) {
          members.add(next);
        }
      }
    }
    return members;
  }

  private Optional<Family> family(Table table, String column) {
    return families.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(families.getOrDefault(table.name(), Map.of()).get(column));
  }

  /** The columns of a table whose values the server judges. */
  Map<String, Family> judged(Table table) {
    Map<String, Family> judged = new HashMap<>();
    families
        .getOrDefault(table.name(), Map.of())
        .forEach((name, family) -> {
          if (family.judged) {
            judged.put(name, family);
          }
        });
    return judged;
  }

  boolean isJudged(Table table, Column column) {
    return family(table, column.name()).filter(family -> family.judged).isPresent();
  }

  /** Whether a relation's rows are found only where both sides are spelt alike. */
  boolean isUnsure(Relation relation) {
    return relation.columns().stream()
        .anyMatch(
            name -> family(relation.child(), name).filter(family -> !family.judged).isPresent());
  }

  /** The texts that stand for a row's values, by column. */
  Map<String, String> of(Table table, Map<String, String> texts) {
    Map<String, String> values = new HashMap<>();
    for (Column column : table.storedColumns()) {
      String text = texts.get(column.name());
      if (text != null) {
        values.put(column.name(), of(table, column, text));
      }
    }
    return values;
  }

  private String of(Table table, Column column, String text) {
    return family(table, column.name())
        .filter(family -> family.judged)
        .map(family -> family.known.getOrDefault(text, text))
        .orElseGet(() -> KeyText.canonical(column, text));
  }

  /** The same of a value that somebody typed, and that may be none. */
  String ofTyped(Table table, Column column, String text) {
    family(table, column.name())
        .filter(family -> family.judged)
        .ifPresent(family -> ask(family, Set.of(text)));
    return of(table, column, text);
  }

  /** Asks the server which of these texts are equal to each other, or to those that are known. */
  void learn(Family family, Set<String> texts) {
    if (family.judged && !ask(family, texts)) {
      family.giveUp();
    }
  }

  private boolean ask(Family family, Set<String> texts) {
    Set<String> all = new LinkedHashSet<>(family.known.values());
    List<String> fresh = texts.stream().filter(text -> !family.known.containsKey(text)).toList();
    if (fresh.isEmpty()) {
      return true;
    }
    all.addAll(fresh);
    Optional<Map<String, String>> first =
        ServerEquality.first(database.orElseThrow().snapshot(), family.type.orElseThrow(), all);
    first.ifPresent(
        equal -> fresh.forEach(text -> family.known.put(text, equal.getOrDefault(text, text))));
    return first.isPresent();
  }
}
