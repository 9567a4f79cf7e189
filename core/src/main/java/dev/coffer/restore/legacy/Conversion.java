package dev.coffer.restore.legacy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.Column;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.Finding;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.read.SnapshotQueries;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.profile.ColumnName;
import dev.coffer.profile.NamedTables;
import dev.coffer.profile.Naming;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Profiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What of a legacy file becomes what of a document, and what cannot.
 *
 * @param tables in the file's order
 * @param found all of the file's tables
 * @param matches those that the database has
 * @param live all of the database's tables as the document would name them
 */
record Conversion(
    List<ConvertedTable> tables,
    SequencedMap<String, FileScan.FoundTable> found,
    List<TableMatch> matches,
    NamedTables live,
    DatabaseSchema schema,
    BackupHeader.Source source) {

  static Conversion plan(
      Path file,
      SequencedMap<String, FileScan.FoundTable> found,
      ConnectionSettings settings,
      List<Profile> profiles,
      LegacyOptions options) {
    DatabaseSchema schema;
    SharedSnapshot.Description description;
    try (SharedSnapshot snapshot =
        SharedSnapshot.open(settings, 1, SharedSnapshot.Timeouts.DEFAULT)) {
      schema = SnapshotQueries.schema(snapshot);
      description = snapshot.description();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CofferException(
          ErrorCode.INTERRUPTED, "interrupted: nothing was restored", "", interrupted);
    }
    Profile profile = Profiles.choose(profiles, schema.tables());
    NamedTables named = Naming.apply(profile, schema.tables(), schema.foreignKeys());
    Matching matching = new Matching(schema, named.tables());
    List<TableMatch> matches = matching.match(found);
    List<TableMatch> wanted =
        matches.stream()
            .filter(match ->
                options.tables().isEmpty()
                    ? match.found().rows() > 0
                    : matching.isNamed(match, options.tables()))
            .toList();
    requireFound(file, options.tables(), matching, matches);
    NamedTables live =
        Naming.apply(profile.alsoSealing(hidden(wanted)), schema.tables(), schema.foreignKeys());
    List<ConvertedTable> tables = convert(wanted, live);
    if (tables.isEmpty()) {
      throw new CofferException(
          ErrorCode.SCHEMA_DIFFERS,
          "the database " + description.database() + " has no table that " + file + " has rows of",
          "Such a file holds no structure: let the application create its tables first.");
    }
    return new Conversion(
        tables,
        found,
        matches,
        live,
        new DatabaseSchema(
            tables.stream().map(ConvertedTable::table).toList(),
            schema.foreignKeys(),
            List.of(),
            List.of(),
            List.of()),
        new BackupHeader.Source(
            "PostgreSQL " + description.version().text(),
            description.version().number(),
            description.database(),
            description.encoding(),
            "",
            "",
            profile.name(),
            description.standby(),
            Optional.empty()));
  }

  private static void requireFound(
      Path file, Set<String> wanted, Matching matching, List<TableMatch> matches) {
    for (String name : wanted) {
      if (matches.stream().noneMatch(match -> matching.isNamed(match, Set.of(name)))) {
        throw new CofferException(
            ErrorCode.TABLE_NOT_FOUND,
            "There is no table " + name + " both in " + file + " and in the database",
            "Both have: "
                + String.join(
                    ", ", matches.stream().map(match -> match.live().logicalName()).toList()));
      }
    }
  }

  /** Columns of which the file masks a value are secrets, whatever their names. */
  private static Set<ColumnName> hidden(List<TableMatch> matches) {
    Set<ColumnName> hidden = new HashSet<>();
    for (TableMatch match : matches) {
      match.live().storedColumns().stream()
          .filter(match::isHidden)
          .forEach(column -> hidden.add(new ColumnName(match.live().name(), column.name())));
    }
    return hidden;
  }

  private static List<ConvertedTable> convert(List<TableMatch> matches, NamedTables live) {
    Map<QualifiedName, Table> sealing = new HashMap<>();
    live.tables().forEach(table -> sealing.put(table.name(), table));
    return matches.stream()
        .filter(match -> match.hasKey() || match.found().rows() == 0)
        .map(match ->
            ConvertedTable.of(match, Objects.requireNonNull(sealing.get(match.live().name()))))
        .toList();
  }

  Map<String, ConvertedTable> byFileName() {
    Map<String, ConvertedTable> byName = new LinkedHashMap<>();
    tables.forEach(table -> byName.put(table.match().fileName(), table));
    return byName;
  }

  /** What is sealed in the document, and why. */
  List<BackupInfo.SealedColumn> sealed() {
    Set<String> held = new HashSet<>();
    tables.forEach(converted ->
        converted
            .table()
            .sealedColumns()
            .forEach(column -> held.add(converted.table().logicalName() + "." + column.key())));
    return live.sealed().stream()
        .filter(column -> held.contains(column.table() + "." + column.column()))
        .toList();
  }

  Fidelity fidelity(String version, List<Finding> checks, List<BadValue> leftOut) {
    Set<String> matched = new HashSet<>();
    matches.forEach(match -> matched.add(match.fileName()));
    Set<QualifiedName> known = new HashSet<>();
    matches.forEach(match -> known.add(match.live().name()));
    List<String> lost = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    List<String> secrets = new ArrayList<>();
    for (ConvertedTable converted : tables) {
      TableMatch match = converted.match();
      String name = converted.table().logicalName();
      converted.hidden().forEach(column -> secrets.add(name + "." + column));
      match
          .found()
          .keys()
          .forEach((key, use) -> {
            if (use.looksLikeColumn() && !match.keys().containsValue(key)) {
              lost.add(match.fileName() + "." + key);
            }
          });
      Set<Column> held = new HashSet<>(converted.table().columns());
      match.live().storedColumns().stream()
          .filter(column -> held.stream().noneMatch(has -> has.name().equals(column.name())))
          .forEach(column -> kept.add(name + "." + column.name()));
    }
    return new Fidelity(
        version,
        checks,
        found.keySet().stream().filter(name -> !matched.contains(name)).toList(),
        live.tables().stream()
            .filter(table -> !known.contains(table.name()))
            .map(Table::logicalName)
            .toList(),
        names(match -> match.found().rows() == 0),
        names(match -> match.found().rows() > 0 && !match.hasKey()),
        lost,
        kept,
        secrets,
        leftOut);
  }

  /** Matched tables of that sort, unless they are part of the document. */
  private List<String> names(java.util.function.Predicate<TableMatch> sort) {
    return matches.stream()
        .filter(sort)
        .filter(match -> tables.stream().noneMatch(table -> table.match().equals(match)))
        .map(match -> match.live().logicalName())
        .toList();
  }
}
