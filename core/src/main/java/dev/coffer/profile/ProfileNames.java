package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** The tables that a profile lists, and how the rest of the file refers to them. */
final class ProfileNames {
  private final SequencedMap<QualifiedName, String> logicalNames = new LinkedHashMap<>();

  ProfileNames(YamlNode tables) {
    Set<String> taken = new HashSet<>();
    tables
        .mapping()
        .forEach((name, value) -> {
          String logicalName = value.text();
          if (logicalName.startsWith("\"")) {
            throw value.wrong(
                "begins with a double quote", "Names that do are kept for unlisted tables.");
          }
          if (!taken.add(logicalName)) {
            throw value.wrong(
                "is called '" + logicalName + "', as another table is",
                "Every table needs a name of its own.");
          }
          if (logicalNames.put(parse(name, value), logicalName) != null) {
            throw value.wrong("is listed twice", "Keep one of the two.");
          }
        });
  }

  SequencedMap<QualifiedName, String> logicalNames() {
    return logicalNames;
  }

  /** The table that the text at {@code node} names. */
  QualifiedName table(YamlNode node) {
    return listed(node.text(), node);
  }

  /** The table that {@code name} names, a key whose value stands at {@code node}. */
  QualifiedName listed(String name, YamlNode node) {
    QualifiedName table = parse(name, node);
    if (!logicalNames.containsKey(table)) {
      throw node.wrong(
          "refers to the table '" + name + "', which is not listed",
          "Add it under 'tables', or mend the spelling.");
    }
    return table;
  }

  List<QualifiedName> tables(YamlNode node) {
    List<QualifiedName> tables = new ArrayList<>();
    for (YamlNode entry : node.list()) {
      QualifiedName table = table(entry);
      if (tables.contains(table)) {
        throw entry.wrong("names '" + table + "' twice", "Once is enough.");
      }
      tables.add(table);
    }
    return tables;
  }

  /** From {@code table: [column, …]} lines. */
  Set<ColumnName> columns(YamlNode node) {
    Set<ColumnName> columns = new LinkedHashSet<>();
    node.mapping()
        .forEach((name, value) -> {
          QualifiedName table = listed(name, value);
          value.texts().forEach(column -> columns.add(new ColumnName(table, column)));
        });
    return columns;
  }

  /** From {@code table: column} lines. */
  List<ColumnName> columnPerTable(YamlNode node) {
    List<ColumnName> columns = new ArrayList<>();
    node.mapping()
        .forEach((name, value) -> columns.add(new ColumnName(listed(name, value), value.text())));
    return columns;
  }

  private static QualifiedName parse(String name, YamlNode node) {
    return TableNames.parse(name)
        .orElseThrow(() ->
            node.wrong(
                "belongs to '" + name + "', which is not a table's name",
                "Write table or schema.table; a part with a dot or a quote in double quotes."));
  }
}
