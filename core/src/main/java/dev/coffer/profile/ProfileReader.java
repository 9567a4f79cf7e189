package dev.coffer.profile;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.model.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a profile, strictly: whatever docs/profiles.md does not describe is refused. */
public final class ProfileReader {

  private static final List<String> KEYS =
      List.of(
          "profile",
          "recognisedBy",
          "keys",
          "tables",
          "sealed",
          "neverSealed",
          "rules",
          "links",
          "communicationSummary",
          "kinds",
          "words",
          "records",
          "accounts");

  private final YamlFields fields;
  private final ProfileNames names;

  private ProfileReader(YamlNode root) {
    this.fields = root.fields(KEYS);
    this.names = new ProfileNames(fields.get("tables"));
  }

  /**
   * Reads the profile in {@code file}.
   *
   * @throws CofferException {@code PROFILE_INVALID} with the line and what is allowed there; {@code
   *     FILE_UNREADABLE}
   */
  public static Profile read(Path file) {
    String source = String.valueOf(file.getFileName());
    try (InputStream input = Files.newInputStream(file)) {
      return read(input, source);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  /**
   * Reads to the end of {@code input} and leaves it open.
   *
   * @param source names the input in messages
   * @throws CofferException {@code PROFILE_INVALID} with the line and what is allowed there; {@code
   *     FILE_UNREADABLE}
   */
  public static Profile read(InputStream input, String source) {
    return new ProfileReader(new YamlNode(source, "the profile", compose(input, source))).profile();
  }

  /** Messages of the YAML library quote the file, which may be anything: only its line is told. */
  private static Node compose(InputStream input, String source) {
    LoadSettings settings = LoadSettings.builder().setLabel(source).build();
    List<Node> documents = new ArrayList<>();
    try {
      String text = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      new Compose(settings).composeAllFromString(text).forEach(documents::add);
    } catch (MarkedYamlEngineException e) {
      String line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw notYaml(source + line);
    } catch (YamlEngineException e) {
      throw notYaml(source);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
    if (documents.size() != 1) {
      throw notYaml(source);
    }
    return documents.getFirst();
  }

  private static CofferException notYaml(String place) {
    return new CofferException(
        ErrorCode.PROFILE_INVALID,
        place + ": this is not a YAML document",
        "A profile is one YAML mapping; docs/profiles.md shows a complete one.");
  }

  private static CofferException unreadable(String source, IOException cause) {
    return new CofferException(
        ErrorCode.FILE_UNREADABLE,
        "cannot read the profile " + source,
        "Check that the file exists and that you may read it.",
        cause);
  }

  private Profile profile() {
    Set<ColumnName> sealed = fields.find("sealed").map(names::columns).orElse(Set.of());
    Set<ColumnName> neverSealed = fields.find("neverSealed").map(names::columns).orElse(Set.of());
    for (ColumnName column : neverSealed) {
      if (sealed.contains(column)) {
        throw fields
            .get("neverSealed")
            .wrong(
                "names " + column.table() + "." + column.column() + ", which 'sealed' names too",
                "Keep one of the two.");
      }
    }
    MetricReader metrics = new MetricReader(names, sealed);
    return new Profile(
        fields.get("profile").text(),
        new LinkedHashSet<>(names.tables(fields.get("recognisedBy"))),
        fields.find("keys").map(ProfileReader::keyStyle).orElse(KeyStyle.AS_STORED),
        names.logicalNames(),
        sealed,
        neverSealed,
        fields.find("rules").map(this::rules).orElse(Map.of()),
        fields.find("links").map(this::links).orElse(List.of()),
        fields.find("communicationSummary").map(metrics::metrics).orElse(new LinkedHashMap<>()),
        fields.find("kinds").map(node -> kinds(node, metrics)).orElse(Map.of()),
        fields.find("words").map(this::words).orElse(Map.of()),
        fields
            .find("records")
            .map(new RecordKindReader(names, sealed)::kinds)
            .orElse(new LinkedHashMap<>()),
        fields.find("accounts").map(this::accounts));
  }

  private AccountTable accounts(YamlNode node) {
    YamlFields accounts = node.fields(List.of("table", "name", "password", "role", "admins"));
    return new AccountTable(
        names.table(accounts.get("table")),
        accounts.get("name").text(),
        accounts.get("password").text(),
        accounts.get("role").text(),
        accounts.get("admins").texts());
  }

  private static KeyStyle keyStyle(YamlNode node) {
    String word = node.text();
    return Arrays.stream(KeyStyle.values())
        .filter(style -> style.word().equals(word))
        .findFirst()
        .orElseThrow(() -> node.wrong("is '" + word + "'", "Allowed here: asStored, camelCase."));
  }

  private Map<Rule, RuleScope> rules(YamlNode node) {
    List<String> allowed =
        Arrays.stream(Rule.values()).filter(rule -> rule != Rule.ORPHAN).map(Rule::word).toList();
    Map<Rule, RuleScope> rules = new EnumMap<>(Rule.class);
    node.fields(allowed)
        .entries()
        .forEach(
            (word, scope) -> Rule.of(word).ifPresent(rule -> rules.put(rule, scope(rule, scope))));
    return rules;
  }

  private RuleScope scope(Rule rule, YamlNode node) {
    if (!node.isText()) {
      return new RuleScope.Columns(names.columns(node));
    }
    if (node.text().equals("nowhere")) {
      return new RuleScope.Columns(Set.of());
    }
    if (node.text().equals("everywhere") && rule.everywhere()) {
      return new RuleScope.Everywhere();
    }
    throw node.wrong(
        "is '" + node.text() + "'",
        "Allowed here: nowhere, "
            + (rule.everywhere() ? "everywhere, " : "")
            + "or a mapping of tables to lists of columns.");
  }

  private List<Link> links(YamlNode node) {
    List<Link> links = new ArrayList<>();
    for (YamlNode entry : node.list()) {
      YamlFields link = entry.fields(List.of("from", "columns", "to", "targetColumns"));
      QualifiedName from = names.table(link.get("from"));
      links.add(link(entry, link, from, () -> names.table(link.get("to"))));
    }
    return links;
  }

  static Link link(
      YamlNode entry, YamlFields link, QualifiedName from, Supplier<QualifiedName> to) {
    List<String> columns = List.copyOf(link.get("columns").texts());
    QualifiedName target = to.get();
    List<String> targets = List.copyOf(link.get("targetColumns").texts());
    if (columns.size() != targets.size()) {
      throw entry.wrong(
          "links " + columns.size() + " columns to " + targets.size(),
          "'columns' and 'targetColumns' need as many entries each.");
    }
    return new Link(from, columns, target, targets);
  }

  private Map<BackupKind, Subset> kinds(YamlNode node, MetricReader metrics) {
    YamlNode part = node.fields(List.of(BackupKind.SALES.word())).get(BackupKind.SALES.word());
    YamlFields subset = part.fields(List.of("tables", "totals"));
    return Map.of(
        BackupKind.SALES,
        new Subset(
            names.tables(subset.get("tables")),
            subset.find("totals").map(metrics::metrics).orElse(new LinkedHashMap<>())));
  }

  private Map<QualifiedName, TableWords> words(YamlNode node) {
    Map<QualifiedName, TableWords> words = new LinkedHashMap<>();
    node.mapping()
        .forEach((table, value) -> {
          YamlFields entry = value.fields(List.of("one", "many", "sealed"));
          words.put(
              names.listed(table, value),
              new TableWords(
                  entry.get("one").text(),
                  entry.get("many").text(),
                  entry.find("sealed").map(YamlNode::text)));
        });
    return words;
  }
}
