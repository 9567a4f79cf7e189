package dev.coffer.insight;

import dev.coffer.model.QualifiedName;
import dev.coffer.profile.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * A metric and where its parts are counted.
 *
 * @param sources the tables that are there, each with the number of its gauge
 * @param labels where groups find their labels
 */
record MetricPlan(String name, Metric metric, List<Source> sources, Optional<Source> labels) {

  /** A gauge of a table; none where only rows are counted. */
  record Source(QualifiedName table, int gauge) {}

  /** What the metric comes to, a {@code Long}, a {@code BigDecimal} or a {@code Map}. */
  Object value(Function<QualifiedName, TableInsight> tables) {
    return switch (metric) {
      case Metric.Count _ -> rows(tables);
      case Metric.CountMatching _ -> matches(tables);
      case Metric.Rate(_, _, int decimals) ->
          quotient(BigDecimal.valueOf(matches(tables)).movePointRight(2), rows(tables), decimals);
      case Metric.CountBy _ -> {
        Map<String, Object> counts = new LinkedHashMap<>();
        groups(tables, UnaryOperator.identity())
            .forEach((name, group) -> counts.put(name, group.rows()));
        yield counts;
      }
      case Metric.Sum(_, Optional<Integer> decimals) -> {
        BigDecimal total = sum(tables).total();
        yield decimals
            .<Object>map(places -> total.setScale(places, RoundingMode.HALF_UP))
            .orElseGet(() -> integerIfPossible(total));
      }
      case Metric.Average(_, int decimals) -> {
        DecimalSum sum = sum(tables);
        yield quotient(sum.total(), sum.numbers(), decimals);
      }
      case Metric.GroupBy group -> grouped(group, tables);
    };
  }

  private long total(
      Function<QualifiedName, TableInsight> tables, ToLongFunction<Counted> counting) {
    return sources.stream()
        .mapToLong(source ->
            counting.applyAsLong(new Counted(tables.apply(source.table()), source.gauge())))
        .sum();
  }

  private record Counted(TableInsight table, int gauge) {}

  private long rows(Function<QualifiedName, TableInsight> tables) {
    return total(tables, counted -> counted.table().rows());
  }

  private long matches(Function<QualifiedName, TableInsight> tables) {
    return total(tables, counted -> ((Gauge.Match) counted.table().gauge(counted.gauge())).rows());
  }

  private DecimalSum sum(Function<QualifiedName, TableInsight> tables) {
    DecimalSum sum = new DecimalSum();
    for (Source source : sources) {
      sum.merge(((Gauge.Sum) tables.apply(source.table()).gauge(source.gauge())).sum());
    }
    return sum;
  }

  private SequencedMap<String, Groups.Group> groups(
      Function<QualifiedName, TableInsight> tables, UnaryOperator<String> naming) {
    SequencedMap<String, Groups.Group> groups = Groups.ordered();
    for (Source source : sources) {
      ((Groups) tables.apply(source.table()).gauge(source.gauge())).addTo(groups, naming);
    }
    return groups;
  }

  private Map<String, Object> grouped(
      Metric.GroupBy metric, Function<QualifiedName, TableInsight> tables) {
    UnaryOperator<String> naming =
        labels
            .<UnaryOperator<String>>map(source ->
                ((Gauge.Labels) tables.apply(source.table()).gauge(source.gauge()))::labelOf)
            .orElse(UnaryOperator.identity());
    List<String> sums = new ArrayList<>(metric.sums().sequencedKeySet());
    Map<String, Object> result = new LinkedHashMap<>();
    groups(tables, naming)
        .forEach((name, group) -> {
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("count", group.rows());
          for (int at = 0; at < sums.size(); at++) {
            entry.put(sums.get(at), integerIfPossible(group.sum(at).total()));
          }
          result.put(name, entry);
        });
    return result;
  }

  /** Rounded half up; 0 where there is nothing to divide by. */
  private static BigDecimal quotient(BigDecimal dividend, long divisor, int decimals) {
    return divisor == 0
        ? BigDecimal.ZERO.setScale(decimals)
        : dividend.divide(BigDecimal.valueOf(divisor), decimals, RoundingMode.HALF_UP);
  }

  private static Object integerIfPossible(BigDecimal number) {
    return number.scale() == 0 && number.precision() <= 18 ? number.longValueExact() : number;
  }
}
