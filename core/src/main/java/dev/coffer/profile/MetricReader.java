package dev.coffer.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads what a profile counts. */
final class MetricReader {

  private static final List<String> FORMS =
      List.of("count", "rate", "countBy", "sum", "average", "groupBy");

  /** A share or a mean with more decimals than this says nothing more. */
  private static final int MOST_DECIMALS = 30;

  private final ProfileNames names;
  private final Set<ColumnName> sealed;

  MetricReader(ProfileNames names, Set<ColumnName> sealed) {
    this.names = names;
    this.sealed = sealed;
  }

  SequencedMap<String, Metric> metrics(YamlNode node) {
    SequencedMap<String, Metric> metrics = new LinkedHashMap<>();
    node.mapping().forEach((name, value) -> metrics.put(name, checked(metric(value), value)));
    return metrics;
  }

  private Metric metric(YamlNode node) {
    Map<String, YamlNode> given = node.mapping();
    List<String> forms = FORMS.stream().filter(given::containsKey).toList();
    if (forms.size() != 1) {
      throw node.wrong("must count in one way", "Give one of: " + String.join(", ", FORMS) + ".");
    }
    return switch (forms.getFirst()) {
      case "count" -> count(node);
      case "rate" -> {
        YamlFields fields = node.fields(List.of("rate", "values", "decimals"));
        yield new Metric.Rate(
            names.columnPerTable(fields.get("rate")),
            fields.get("values").texts(),
            decimals(fields).orElse(1));
      }
      case "countBy" ->
          new Metric.CountBy(names.columnPerTable(node.fields(List.of("countBy")).get("countBy")));
      case "sum" -> {
        YamlFields fields = node.fields(List.of("sum", "decimals"));
        yield new Metric.Sum(names.columnPerTable(fields.get("sum")), decimals(fields));
      }
      case "average" -> {
        YamlFields fields = node.fields(List.of("average", "decimals"));
        yield new Metric.Average(
            names.columnPerTable(fields.get("average")), decimals(fields).orElse(2));
      }
      default -> groupBy(node.fields(List.of("groupBy", "sums", "lookup")));
    };
  }

  private static Optional<Integer> decimals(YamlFields fields) {
    return fields.find("decimals").map(node -> node.number(0, MOST_DECIMALS));
  }

  private Metric count(YamlNode node) {
    YamlFields fields = node.fields(List.of("count", "values"));
    YamlNode counted = fields.get("count");
    if (!counted.isList()) {
      return new Metric.CountMatching(names.columnPerTable(counted), fields.get("values").texts());
    }
    if (fields.find("values").isPresent()) {
      throw node.wrong("has 'values' for no column", "Write {count: {table: column}, values: …}.");
    }
    return new Metric.Count(names.tables(counted));
  }

  private Metric groupBy(YamlFields fields) {
    YamlNode grouped = fields.get("groupBy");
    List<ColumnName> columns = names.columnPerTable(grouped);
    if (columns.size() != 1) {
      throw grouped.wrong("must name one table", "Only one table can be grouped.");
    }
    SequencedMap<String, String> sums = new LinkedHashMap<>();
    SequencedMap<String, YamlNode> given =
        fields.find("sums").map(YamlNode::mapping).orElse(new LinkedHashMap<>());
    given.forEach((name, column) -> {
      if (name.equals("count")) {
        throw column.wrong("is the name of the rows' count", "Choose another name.");
      }
      sums.put(name, column.text());
    });
    return new Metric.GroupBy(columns.getFirst(), sums, fields.find("lookup").map(this::lookup));
  }

  private Metric.Lookup lookup(YamlNode node) {
    YamlFields fields = node.fields(List.of("table", "key", "label"));
    return new Metric.Lookup(
        names.table(fields.get("table")), fields.get("key").text(), fields.get("label").text());
  }

  /** Counting by a secret would tell it. */
  private Metric checked(Metric metric, YamlNode node) {
    for (ColumnName column : metric.columns()) {
      if (sealed.contains(column)) {
        throw node.wrong(
            "reads " + column.table() + "." + column.column() + ", which is sealed",
            "A count by a secret would tell it: count something else.");
      }
    }
    return metric;
  }
}
