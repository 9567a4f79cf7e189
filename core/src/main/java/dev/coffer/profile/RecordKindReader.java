package dev.coffer.profile;

import dev.coffer.model.QualifiedName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the words by which a profile names single records. */
final class RecordKindReader {
  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9-]*");

  private final ProfileNames names;
  private final Set<ColumnName> sealed;

  RecordKindReader(ProfileNames names, Set<ColumnName> sealed) {
    this.names = names;
    this.sealed = sealed;
  }

  SequencedMap<String, RecordKind> kinds(YamlNode node) {
    SequencedMap<String, RecordKind> kinds = new LinkedHashMap<>();
    node.mapping()
        .forEach((word, value) -> {
          if (!WORD.matcher(word).matches()) {
            throw value.wrong(
                "is no word for an option",
                "Write it in small letters, digits and hyphens: customer.");
          }
          kinds.put(word, kind(value));
        });
    return kinds;
  }

  private RecordKind kind(YamlNode node) {
    YamlFields fields = node.fields(List.of("table", "find", "label", "follows"));
    QualifiedName table = names.table(fields.get("table"));
    return new RecordKind(
        table,
        readable(table, fields.get("find")),
        fields.find("label").map(label -> readable(table, label)).orElse(List.of()),
        fields.find("follows").map(follows -> follows(table, follows)).orElse(List.of()));
  }

  private List<Link> follows(QualifiedName table, YamlNode node) {
    List<Link> follows = new ArrayList<>();
    for (YamlNode entry : node.list()) {
      YamlFields link = entry.fields(List.of("from", "columns", "targetColumns"));
      follows.add(ProfileReader.link(entry, link, names.table(link.get("from")), () -> table));
    }
    return follows;
  }

  /** Finding by a secret, or showing it as a name, would tell it. */
  private List<String> readable(QualifiedName table, YamlNode node) {
    List<String> columns = List.copyOf(node.texts());
    for (String column : columns) {
      if (sealed.contains(new ColumnName(table, column))) {
        throw node.wrong(
            "names " + table + "." + column + ", which is sealed", "Choose a readable column.");
      }
    }
    return columns;
  }
}
