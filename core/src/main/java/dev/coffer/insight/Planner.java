package dev.coffer.insight;

import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import dev.coffer.profile.ColumnName;
import dev.coffer.profile.Metric;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Works out which columns of which tables must be watched for a profile. */
final class Planner {
  private final Profile profile;
  private final boolean sealedReadable;
  private final Map<QualifiedName, Table> tables = new LinkedHashMap<>();
  private final Map<QualifiedName, List<Column>> columns = new HashMap<>();
  private final Map<QualifiedName, List<Gauge.Spec>> gauges = new HashMap<>();
  private final Set<QualifiedName> counted = new HashSet<>();
  private final List<String> leftOut = new ArrayList<>();

  /**
   * @param sealedReadable whether rows show the values of sealed columns, so that rules can judge
   *     them
   */
  Planner(Profile profile, List<Table> tables, boolean sealedReadable) {
    this.profile = profile;
    this.sealedReadable = sealedReadable;
    for (Table table : tables) {
      if (table.kind() != Table.Kind.LARGE_OBJECTS) {
        this.tables.put(table.name(), table);
        this.columns.put(table.name(), table.storedColumns());
      }
    }
  }

  /** What cannot be counted although its table is there, and why. */
  List<String> leftOut() {
    return leftOut;
  }

  /** The metric's plan; empty where none of its tables has what it takes. */
  Optional<MetricPlan> plan(String name, Metric metric) {
    List<MetricPlan.Source> sources = new ArrayList<>();
    for (QualifiedName table : metric.tables()) {
      if (tables.containsKey(table)) {
        source(name, metric, table).ifPresent(sources::add);
      }
    }
    if (sources.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new MetricPlan(name, metric, sources, labels(name, metric)));
  }

  private Optional<MetricPlan.Source> source(String name, Metric metric, QualifiedName table) {
    Optional<Gauge.Spec> spec =
        switch (metric) {
          case Metric.Count _ -> {
            counted.add(table);
            yield Optional.empty();
          }
          case Metric.CountMatching(var names, var values) -> match(name, names, table, values);
          case Metric.Rate(var names, var values, _) -> {
            counted.add(table);
            yield match(name, names, table, values);
          }
          case Metric.CountBy(var names) ->
              column(name, names, table)
                  .map(at -> new Gauge.GroupSpec(at, isBoolean(table, at), List.of()));
          case Metric.Sum(var names, _) -> sum(name, names, table);
          case Metric.Average(var names, _) -> sum(name, names, table);
          case Metric.GroupBy group -> group(name, group);
        };
    if (metric instanceof Metric.Count) {
      return Optional.of(new MetricPlan.Source(table, -1));
    }
    return spec.map(found -> new MetricPlan.Source(table, gauge(table, found)));
  }

  private Optional<Gauge.Spec> match(
      String name, List<ColumnName> names, QualifiedName table, Set<String> values) {
    return column(name, names, table)
        .map(at -> new Gauge.MatchSpec(at, isBoolean(table, at), values));
  }

  private Optional<Gauge.Spec> sum(String name, List<ColumnName> names, QualifiedName table) {
    return column(name, names, table)
        .filter(at -> isNumber(name, table, at))
        .map(Gauge.SumSpec::new);
  }

  private Optional<Gauge.Spec> group(String name, Metric.GroupBy metric) {
    QualifiedName table = metric.column().table();
    Optional<Integer> key = column(name, metric.column());
    List<Integer> summed = new ArrayList<>();
    for (String sum : metric.sums().values()) {
      column(name, new ColumnName(table, sum))
          .filter(at -> isNumber(name, table, at))
          .ifPresent(summed::add);
    }
    return summed.size() == metric.sums().size()
        ? key.map(at -> new Gauge.GroupSpec(at, isBoolean(table, at), summed))
        : Optional.empty();
  }

  private Optional<MetricPlan.Source> labels(String name, Metric metric) {
    if (!(metric instanceof Metric.GroupBy group)) {
      return Optional.empty();
    }
    return group
        .lookup()
        .filter(lookup -> tables.containsKey(lookup.table()))
        .flatMap(lookup -> {
          Optional<Integer> key = column(name, new ColumnName(lookup.table(), lookup.key()));
          Optional<Integer> label = column(name, new ColumnName(lookup.table(), lookup.label()));
          return key.flatMap(keyAt ->
              label.map(labelAt ->
                  new MetricPlan.Source(
                      lookup.table(), gauge(lookup.table(), new Gauge.LabelSpec(keyAt, labelAt)))));
        });
  }

  private int gauge(QualifiedName table, Gauge.Spec spec) {
    List<Gauge.Spec> specs = gauges.computeIfAbsent(table, _ -> new ArrayList<>());
    if (!specs.contains(spec)) {
      specs.add(spec);
    }
    return specs.indexOf(spec);
  }

  private Optional<Integer> column(String metric, List<ColumnName> names, QualifiedName table) {
    return names.stream()
        .filter(name -> name.table().equals(table))
        .findFirst()
        .flatMap(name -> column(metric, name));
  }

  /** The column's place in a row, if it is there and no secret: a count would tell it. */
  private Optional<Integer> column(String metric, ColumnName name) {
    List<Column> stored = stored(name.table());
    OptionalInt place =
        IntStream.range(0, stored.size())
            .filter(at -> stored.get(at).name().equals(name.column()))
            .findFirst();
    if (place.isEmpty()) {
      leaveOut(metric, name, "is not there");
    } else if (stored.get(place.getAsInt()).sealed()) {
      leaveOut(metric, name, "is sealed");
    } else {
      return Optional.of(place.getAsInt());
    }
    return Optional.empty();
  }

  private List<Column> stored(QualifiedName table) {
    return columns.getOrDefault(table, List.of());
  }

  private boolean isBoolean(QualifiedName table, int column) {
    return stored(table).get(column).kind() == ValueKind.BOOLEAN;
  }

  private boolean isNumber(String metric, QualifiedName table, int column) {
    boolean number = stored(table).get(column).kind() == ValueKind.NUMBER;
    if (!number) {
      leaveOut(metric, new ColumnName(table, stored(table).get(column).name()), "is no number");
    }
    return number;
  }

  private void leaveOut(String metric, ColumnName name, String reason) {
    leftOut.add(metric + ": " + name.table() + "." + name.column() + " " + reason);
  }

  /** The plan of every table; to be asked once all metrics are planned. */
  Map<QualifiedName, TablePlan> tablePlans() {
    Map<QualifiedName, TablePlan> plans = new LinkedHashMap<>();
    tables.forEach((name, table) -> plans.put(name, tablePlan(table)));
    return plans;
  }

  private TablePlan tablePlan(Table table) {
    return new TablePlan(
        table,
        TablePlan.idColumns(table),
        counted.contains(table.name()),
        watches(table, false),
        watches(table, true),
        gauges.getOrDefault(table.name(), List.of()));
  }

  private List<TablePlan.Watch> watches(Table table, boolean nonAscii) {
    List<TablePlan.Watch> watches = new ArrayList<>();
    List<Column> stored = stored(table.name());
    for (int at = 0; at < stored.size(); at++) {
      Column column = stored.get(at);
      List<Rule> rules =
          Arrays.stream(Rule.values())
              .filter(rule -> Check.needsNonAscii(rule) == nonAscii)
              .filter(rule -> watched(rule, table, column))
              .toList();
      if (!rules.isEmpty()) {
        watches.add(new TablePlan.Watch(at, column.key(), rules));
      }
    }
    return watches;
  }

  private boolean watched(Rule rule, Table table, Column column) {
    return (sealedReadable || !column.sealed())
        && Check.suits(rule, column)
        && profile.scope(rule).covers(new ColumnName(table.name(), column.name()));
  }
}
