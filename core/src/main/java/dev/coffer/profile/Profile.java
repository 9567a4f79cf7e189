package dev.coffer.profile;

import dev.coffer.model.BackupKind;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an application says about its tables. Names no row and decides nothing about what is
 * captured; read by {@link ProfileReader} from the YAML that docs/profiles.md describes.
 *
 * @param recognisedBy the tables that must all exist for the profile to apply
 * @param tables name in the catalog to name in the document, in the document's order
 * @param rules only what differs from each rule's own scope
 * @param kinds the kinds of backup that hold a part of the tables
 * @param words what a table's rows are called in a sentence
 * @param records words for single records, such as {@code customer}
 * @param accounts where the people who sign in to the application are; empty where it does not say
 */
public record Profile(
    String name,
    Set<QualifiedName> recognisedBy,
    KeyStyle keys,
    SequencedMap<QualifiedName, String> tables,
    Set<ColumnName> sealed,
    Set<ColumnName> neverSealed,
    Map<Rule, RuleScope> rules,
    List<Link> links,
    SequencedMap<String, Metric> communicationSummary,
    Map<BackupKind, Subset> kinds,
    Map<QualifiedName, TableWords> words,
    SequencedMap<String, RecordKind> records,
    Optional<AccountTable> accounts) {

  /** For a database that no profile recognises: stored names, nothing counted. */
  public static final Profile NEUTRAL =
      new Profile(
          "neutral",
          Set.of(),
          KeyStyle.AS_STORED,
          new LinkedHashMap<>(),
          Set.of(),
          Set.of(),
          Map.of(),
          List.of(),
          new LinkedHashMap<>(),
          Map.of(),
          Map.of(),
          new LinkedHashMap<>(),
          Optional.empty());

  public Profile {
    recognisedBy = Set.copyOf(recognisedBy);
    tables = Ordered.copyOf(tables);
    sealed = Set.copyOf(sealed);
    neverSealed = Set.copyOf(neverSealed);
    rules = Map.copyOf(rules);
    links = List.copyOf(links);
    communicationSummary = Ordered.copyOf(communicationSummary);
    kinds = Map.copyOf(kinds);
    words = Map.copyOf(words);
    records = Ordered.copyOf(records);
  }

  /** Whether every table that the profile asks for is there. The neutral profile fits anything. */
  public boolean recognises(List<Table> present) {
    return recognises(present.stream().map(Table::name).collect(Collectors.toSet()));
  }

  /** The same by the tables' names alone. */
  public boolean recognises(Set<QualifiedName> present) {
    return present.containsAll(recognisedBy);
  }

  /** The same profile, which seals these columns too. */
  public Profile alsoSealing(Set<ColumnName> columns) {
    Set<ColumnName> all = new HashSet<>(sealed);
    all.addAll(columns);
    return with(keys, all);
  }

  /** The same profile, with keys in another style. */
  public Profile withKeys(KeyStyle style) {
    return with(style, sealed);
  }

  private Profile with(KeyStyle newKeys, Set<ColumnName> newSealed) {
    return new Profile(
        name,
        recognisedBy,
        newKeys,
        tables,
        newSealed,
        neverSealed,
        rules,
        links,
        communicationSummary,
        kinds,
        words,
        records,
        accounts);
  }

  /**
   * The same profile for tables whose columns are called something else, as far as it says what
   * rows are called and what ties them.
   *
   * @param spelling what each column that the profile names is called there
   */
  public Profile spelt(Function<ColumnName, String> spelling) {
    SequencedMap<String, RecordKind> kinds = new LinkedHashMap<>();
    records.forEach((word, kind) ->
        kinds.put(
            word,
            new RecordKind(
                kind.table(),
                spelt(kind.table(), kind.find(), spelling),
                spelt(kind.table(), kind.label(), spelling),
                kind.follows().stream().map(link -> spelt(link, spelling)).toList())));
    return new Profile(
        name,
        recognisedBy,
        keys,
        tables,
        Set.of(),
        Set.of(),
        Map.of(),
        links.stream().map(link -> spelt(link, spelling)).toList(),
        new LinkedHashMap<>(),
        Map.of(),
        words,
        kinds,
        Optional.empty());
  }

  private static Link spelt(Link link, Function<ColumnName, String> spelling) {
    return new Link(
        link.from(),
        spelt(link.from(), link.columns(), spelling),
        link.to(),
        spelt(link.to(), link.targetColumns(), spelling));
  }

  private static List<String> spelt(
      QualifiedName table, List<String> columns, Function<ColumnName, String> spelling) {
    return columns.stream().map(column -> spelling.apply(new ColumnName(table, column))).toList();
  }

  /** The same profile with more links. */
  public Profile alsoLinking(List<Link> more) {
    return new Profile(
        name,
        recognisedBy,
        keys,
        tables,
        sealed,
        neverSealed,
        rules,
        Stream.concat(links.stream(), more.stream()).toList(),
        communicationSummary,
        kinds,
        words,
        records,
        accounts);
  }

  /**
   * Whether what stands under a name is a secret, whatever table it is in, or none: the profile
   * seals a column of that name somewhere, or the name looks like a secret's.
   *
   * @param type the column's, as PostgreSQL writes it
   */
  public boolean hides(String key, String type) {
    return sealed.stream()
            .map(ColumnName::column)
            .anyMatch(column -> key.equals(column) || key.equals(KeyStyle.CAMEL_CASE.apply(column)))
        || (!SecretColumns.cannotHoldSecret(type)
            && SecretColumns.suspicion(key, type).isPresent());
  }

  public RuleScope scope(Rule rule) {
    RuleScope own =
        rule.everywhere() ? new RuleScope.Everywhere() : new RuleScope.Columns(Set.of());
    return rules.getOrDefault(rule, own);
  }

  /** Every column that the profile names, for whatever purpose. */
  public Set<ColumnName> columns() {
    Set<ColumnName> columns = new HashSet<>(sealed);
    columns.addAll(neverSealed);
    rules.values().stream()
        .filter(RuleScope.Columns.class::isInstance)
        .map(RuleScope.Columns.class::cast)
        .forEach(scope -> columns.addAll(scope.columns()));
    links.forEach(link -> addColumns(link, columns));
    for (RecordKind kind : records.values()) {
      Stream.concat(kind.find().stream(), kind.label().stream())
          .forEach(column -> columns.add(new ColumnName(kind.table(), column)));
      kind.follows().forEach(link -> addColumns(link, columns));
    }
    metrics().forEach(metric -> columns.addAll(metric.columns()));
    accounts.ifPresent(known ->
        Stream.of(known.name(), known.password(), known.role())
            .forEach(column -> columns.add(new ColumnName(known.table(), column))));
    return columns;
  }

  private static void addColumns(Link link, Set<ColumnName> columns) {
    link.columns().forEach(column -> columns.add(new ColumnName(link.from(), column)));
    link.targetColumns().forEach(column -> columns.add(new ColumnName(link.to(), column)));
  }

  private Stream<Metric> metrics() {
    return Stream.concat(
        communicationSummary.values().stream(),
        kinds.values().stream().flatMap(subset -> subset.totals().values().stream()));
  }

  /** What a backup of {@code kind} holds; empty where it holds everything or is not defined. */
  public Optional<Subset> subset(BackupKind kind) {
    return Optional.ofNullable(kinds.get(kind));
  }

  /** What a table's rows are called; empty where the profile does not say. */
  public Optional<TableWords> words(QualifiedName table) {
    return Optional.ofNullable(words.get(table));
  }
}
