package dev.coffer.restore.record;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.JsonStrings;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.RecordKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the row that a user named. */
final class RootFinder {
  private static final int SHOWN = 20;

  private final List<Table> tables;
  private final Profile profile;
  private final BackupSearch search;

  RootFinder(List<Table> tables, Profile profile, BackupSearch search) {
    this.tables = tables;
    this.profile = profile;
    this.search = search;
  }

  /**
   * @throws CofferException {@code TABLE_NOT_FOUND}, {@code RECORD_NOT_FOUND}, {@code
   *     RECORD_AMBIGUOUS} or {@code USAGE}
   */
  TreeRow find(RecordName name) throws IOException {
    String what =
        switch (name) {
          case RecordName.ById byId -> byId.table();
          case RecordName.ByWord byWord -> byWord.word();
        };
    return only(candidates(name), what);
  }

  /** All that the name fits. */
  List<TreeRow> candidates(RecordName name) throws IOException {
    search.learnSpelling(meant(name));
    return switch (name) {
      case RecordName.ById byId -> byId(byId);
      case RecordName.ByWord byWord -> byWord(byWord);
    };
  }

  /** Where to look for the row; none for a word that the profile does not know. */
  private List<Table> meant(RecordName name) {
    return switch (name) {
      case RecordName.ById byId -> tables(byId.table());
      case RecordName.ByWord byWord ->
          Optional.ofNullable(profile.records().get(byWord.word())).stream()
              .flatMap(kind -> matching(table -> table.isPartOf(kind.table())).stream())
              .toList();
    };
  }

  private List<TreeRow> byId(RecordName.ById name) throws IOException {
    List<Table> meant = tables(name.table());
    List<String> values = values(name.id());
    List<Probe> probes = new ArrayList<>();
    for (Table table : meant) {
      List<List<String>> keys =
          table.primaryKey().isEmpty() ? table.uniqueKeys() : List.of(table.primaryKey());
      if (keys.isEmpty()) {
        throw new CofferException(
            ErrorCode.USAGE,
            "table " + table.name().sql() + " has no key by which a record could be named",
            "Restore the table: --table " + table.logicalName());
      }
      for (List<String> key : keys) {
        List<String> texts = key.size() == 1 ? List.of(whole(name.id())) : values;
        if (texts.size() == key.size() && !isSealed(table, key)) {
          probes.add(probe(table, key, texts));
        }
      }
    }
    if (probes.isEmpty()) {
      List<String> key = Pairs.keys(meant.getFirst()).getFirst();
      throw new CofferException(
          ErrorCode.USAGE,
          "the key of table "
              + name.table()
              + " has "
              + key.size()
              + " columns: "
              + String.join(", ", key),
          "Give their values in this order, parted by commas or as a JSON array.");
    }
    return search.candidates(probes);
  }

  private Probe probe(Table table, List<String> key, List<String> texts) {
    Probe probe = Probe.of(table, key);
    List<String> canonical = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      canonical.add(search.spelling().ofTyped(table, probe.columns().get(i), texts.get(i)));
    }
    probe.want(new Key(canonical), Optional.empty());
    return probe;
  }

  private List<TreeRow> byWord(RecordName.ByWord name) throws IOException {
    RecordKind kind =
        Optional.ofNullable(profile.records().get(name.word()))
            .orElseThrow(() -> unknownWord(name.word()));
    List<Table> meant = tables.stream().filter(table -> table.isPartOf(kind.table())).toList();
    List<Probe> probes = new ArrayList<>();
    for (Table table : meant) {
      for (Column column : table.storedColumns()) {
        if (kind.find().contains(column.name()) && !column.sealed()) {
          Probe probe = Probe.caseless(table, column.name());
          String canonical = search.spelling().ofTyped(table, column, name.value());
          probe.want(new Key(List.of(canonical)), Optional.empty());
          probes.add(probe);
        }
      }
    }
    if (probes.isEmpty()) {
      throw new CofferException(
          ErrorCode.TABLE_NOT_FOUND,
          "the backup has no table in which the profile looks for a " + name.word(),
          "coffer show lists its tables.");
    }
    List<TreeRow> found = search.candidates(probes);
    List<TreeRow> exact = found.stream().filter(has(kind.find(), name.value())).toList();
    return exact.isEmpty() ? found : exact;
  }

  private static Predicate<TreeRow> has(List<String> columns, String value) {
    return row ->
        columns.stream().anyMatch(column -> row.value(column).filter(value::equals).isPresent());
  }

  private CofferException unknownWord(String word) {
    String known =
        profile.records().isEmpty()
            ? "The profile has no words for records."
            : "It knows: " + String.join(", ", profile.records().keySet()) + ".";
    return new CofferException(
        ErrorCode.USAGE,
        "the profile " + profile.name() + " has no record called " + JsonStrings.quote(word),
        known + " Any row can be named: --record TABLE/ID");
  }

  private List<Table> tables(String name) {
    List<List<Table>> ways =
        List.of(
            matching(table -> table.logicalName().equals(name)),
            matching(table -> isCalled(table, name)));
    return ways.stream()
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.TABLE_NOT_FOUND,
                "the backup has no table " + name,
                "coffer show lists its tables."));
  }

  private List<Table> matching(Predicate<Table> condition) {
    return tables.stream().filter(condition).toList();
  }

  private static boolean isCalled(Table table, String name) {
    return table.name().toString().equals(name)
        || table.name().sql().equals(name)
        || table.ancestors().stream().anyMatch(each -> each.toString().equals(name));
  }

  private static boolean isSealed(Table table, List<String> key) {
    return table.sealedColumns().stream().anyMatch(column -> key.contains(column.name()));
  }

  /** An id that is one value: taken as it stands, unless it is a JSON array of one. */
  private static String whole(String id) {
    return array(id).filter(values -> values.size() == 1).map(List::getFirst).orElse(id);
  }

  /** The values of a key of several columns. */
  static List<String> values(String id) {
    return array(id).orElseGet(() -> List.of(id.split(",", -1)));
  }

  private static Optional<List<String>> array(String id) {
    if (!id.startsWith("[")) {
      return Optional.empty();
    }
    try {
      List<String> values = new ArrayList<>();
      for (JsonNode value : JsonMapper.shared().readTree(id)) {
        values.add(value.isBoolean() ? (value.booleanValue() ? "t" : "f") : value.asString());
      }
      return Optional.of(values);
    } catch (JacksonException noArray) {
      return Optional.empty();
    }
  }

  private static TreeRow only(List<TreeRow> rows, String what) {
    if (rows.isEmpty()) {
      throw new CofferException(
          ErrorCode.RECORD_NOT_FOUND,
          "the backup holds no such record of " + what,
          "Check the spelling, or look into another backup.");
    }
    if (rows.size() > 1) {
      List<String> names =
          rows.stream()
              .limit(SHOWN)
              .map(row -> Item.ofBackup(row, Optional.empty()).name())
              .toList();
      String more = rows.size() > SHOWN ? "\n  and " + (rows.size() - SHOWN) + " more" : "";
      throw new CofferException(
          ErrorCode.RECORD_AMBIGUOUS,
          rows.size() + " records of " + what + " match:\n  " + String.join("\n  ", names) + more,
          "Name one by its key: --record TABLE/ID");
    }
    return rows.getFirst();
  }
}
