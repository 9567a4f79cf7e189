package dev.coffer.insight;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupInfo.FlaggedRows;
import dev.coffer.model.BackupKind;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.profile.Metric;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Rule;
import dev.coffer.profile.Subset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Learns from rows, while they stream by, what a profile wants to know: what it counts, and which
 * rows look fake or damaged. The result depends on the rows alone, not on their order or on how
 * they are divided among observers. Immutable: share it between threads, and give each thread an
 * observer of its own for each table or part of a table.
 */
public final class Insight {
  private final Map<QualifiedName, Table> tables = new LinkedHashMap<>();
  private final Map<QualifiedName, TablePlan> plans;
  private final List<MetricPlan> summary;
  private final List<MetricPlan> totals;
  private final List<OrphanQuery> orphanQueries;
  private final List<String> leftOut;
  private final boolean sealedReadable;

  private Insight(
      Profile profile,
      BackupKind kind,
      List<Table> tables,
      List<ForeignKey> foreignKeys,
      boolean sealedReadable) {
    tables.forEach(table -> this.tables.put(table.name(), table));
    Planner planner = new Planner(profile, tables, sealedReadable);
    this.summary = plan(planner, profile.communicationSummary());
    this.totals =
        profile.subset(kind).map(Subset::totals).map(metrics -> plan(planner, metrics)).stream()
            .flatMap(List::stream)
            .toList();
    this.plans = planner.tablePlans();
    this.orphanQueries = List.copyOf(new Orphans(tables).queries(profile.links(), foreignKeys));
    this.leftOut = List.copyOf(planner.leftOut());
    this.sealedReadable = sealedReadable;
  }

  private static List<MetricPlan> plan(Planner planner, SequencedMap<String, Metric> metrics) {
    return metrics.entrySet().stream()
        .map(entry -> planner.plan(entry.getKey(), entry.getValue()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** For a backup of all tables: rows show the values of sealed columns. */
  public static Insight of(Profile profile, List<Table> tables, List<ForeignKey> foreignKeys) {
    return of(profile, BackupKind.COMPREHENSIVE, tables, foreignKeys);
  }

  /**
   * For a backup: rows show the values of sealed columns. Rules judge them; nothing is counted by
   * them.
   *
   * @param tables those in the backup, as {@link dev.coffer.profile.Naming} gives them
   */
  public static Insight of(
      Profile profile, BackupKind kind, List<Table> tables, List<ForeignKey> foreignKeys) {
    return new Insight(profile, kind, tables, foreignKeys, true);
  }

  /**
   * For a reader of a document, where sealed values cannot be seen: leaves out the rules on sealed
   * columns. What it still finds is what {@link #recomputes} names.
   */
  public static Insight ofDocument(
      Profile profile, BackupKind kind, List<Table> tables, List<ForeignKey> foreignKeys) {
    return new Insight(profile, kind, tables, foreignKeys, false);
  }

  /**
   * Whether watching the document's rows finds these again: no orphans, which take the database,
   * and for {@link #ofDocument} nothing in sealed columns. The summary and the totals are always
   * found again.
   */
  public boolean recomputes(FlaggedRows found) {
    boolean inSealedColumn =
        tables.values().stream()
            .filter(table -> table.logicalName().equals(found.table()))
            .flatMap(table -> table.sealedColumns().stream())
            .anyMatch(column -> column.key().equals(found.column()));
    return !found.rule().equals(Rule.ORPHAN.word()) && (sealedReadable || !inSealedColumn);
  }

  /** A new observer for one thread. */
  public TableInsight observe(Table table) {
    return new TableInsight(plan(table.name()));
  }

  private TablePlan plan(QualifiedName name) {
    TablePlan plan = plans.get(name);
    if (plan != null) {
      return plan;
    }
    Table table = tables.get(name);
    if (table == null) {
      throw new CofferException(
          ErrorCode.INTERNAL, "table " + name + " is not among those to be watched", "");
    }
    return new TablePlan(table, List.of(), false, List.of(), List.of(), List.of());
  }

  /** What the profile wants counted and cannot be, though its table is there, and why. */
  public List<String> leftOut() {
    return leftOut;
  }

  /** What only the database can tell; ask in the snapshot that the rows come from. */
  public List<OrphanQuery> orphanQueries() {
    return orphanQueries;
  }

  /** What the observers saw together, without orphans. */
  public InsightReport report(Collection<TableInsight> observers) {
    return report(observers, List.of());
  }

  /**
   * What the observers saw together, and the orphans found. Leaves the observers as they are; a
   * table that none watched counts as empty.
   */
  public InsightReport report(Collection<TableInsight> observers, Collection<FlaggedRows> orphans) {
    Map<QualifiedName, TableInsight> merged = new HashMap<>();
    plans.forEach((name, plan) -> merged.put(name, new TableInsight(plan)));
    List<FlaggedRows> flagged = new ArrayList<>(orphans);
    for (TableInsight observer : observers) {
      TableInsight whole = merged.get(observer.table());
      if (whole != null) {
        whole.merge(observer);
      }
    }
    merged.values().forEach(table -> flagged.addAll(table.flagged()));
    flagged.sort(byRuleAndPlace());
    return new InsightReport(values(summary, merged), flagged, values(totals, merged));
  }

  private static SequencedMap<String, Object> values(
      List<MetricPlan> metrics, Map<QualifiedName, TableInsight> merged) {
    SequencedMap<String, Object> values = new LinkedHashMap<>();
    for (MetricPlan metric : metrics) {
      values.put(
          metric.name(),
          metric.value(name -> {
            TableInsight table = merged.get(name);
            if (table == null) {
              throw new IllegalStateException(name + " is planned and not watched");
            }
            return table;
          }));
    }
    return values;
  }

  /** By rule, then in the document's order of tables, then of columns. */
  private Comparator<FlaggedRows> byRuleAndPlace() {
    Map<String, Integer> tablePlaces = new HashMap<>();
    Map<String, Integer> columnPlaces = new HashMap<>();
    for (Table table : tables.values()) {
      tablePlaces.put(table.logicalName(), tablePlaces.size());
      table
          .columns()
          .forEach(column ->
              columnPlaces.put(place(table.logicalName(), column.key()), columnPlaces.size()));
    }
    return Comparator.comparingInt(
            (FlaggedRows rows) -> Rule.of(rows.rule()).map(Rule::ordinal).orElse(Integer.MAX_VALUE))
        .thenComparingInt(rows -> tablePlaces.getOrDefault(rows.table(), Integer.MAX_VALUE))
        .thenComparingInt(rows ->
            columnPlaces.getOrDefault(place(rows.table(), rows.column()), Integer.MAX_VALUE))
        .thenComparing(FlaggedRows::column);
  }

  private static String place(String table, String column) {
    return table + "\n" + column;
  }
}
