package dev.coffer.backup;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.insight.Insight;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.NotCaptured;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.read.SnapshotQueries;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.profile.NamedTables;
import dev.coffer.profile.Naming;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Profiles;
import dev.coffer.profile.Subset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a backup is of: the database's structure as a profile names it, and what is left out.
 *
 * @param schema its tables are those whose rows the backup holds
 * @param insight counts and judges rows as they pass
 * @param excluded what the schema names as not captured, and tables that are not of the kind asked
 *     for
 */
record Subject(
    Profile profile,
    DatabaseSchema schema,
    List<NotCaptured> excluded,
    List<BackupInfo.SealedColumn> sealed,
    Insight insight,
    List<String> notices) {

  static Subject read(BackupRequest request, SharedSnapshot snapshot) {
    DatabaseSchema found = SnapshotQueries.schema(snapshot);
    Profile profile =
        Profiles.choose(request.profiles(), found.tables()).alsoSealing(request.alsoSealed());
    NamedTables named = Naming.apply(profile, found.tables(), found.foreignKeys());
    List<Table> tables = named.tables();
    List<NotCaptured> excluded = new ArrayList<>(found.notCaptured());
    Optional<Subset> subset = subset(request.kind(), profile);
    if (subset.isPresent()) {
      Set<QualifiedName> wanted = new HashSet<>(subset.get().tables());
      tables.stream()
          .filter(table -> !wanted.contains(table.name()))
          .map(table -> notOfKind(table, request.kind()))
          .forEach(excluded::add);
      tables = tables.stream().filter(table -> wanted.contains(table.name())).toList();
    }
    DatabaseSchema schema =
        new DatabaseSchema(
            tables, found.foreignKeys(), found.sequences(), found.statements(), excluded);
    Insight insight = Insight.of(profile, request.kind(), tables, found.foreignKeys());
    Set<String> held = new HashSet<>(tables.stream().map(Table::logicalName).toList());
    return new Subject(
        profile,
        schema,
        List.copyOf(excluded),
        named.sealed().stream().filter(column -> held.contains(column.table())).toList(),
        insight,
        notices(named, held, insight.leftOut()));
  }

  private static Optional<Subset> subset(BackupKind kind, Profile profile) {
    Optional<Subset> subset = profile.subset(kind);
    if (kind == BackupKind.SALES && subset.isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "the profile " + profile.name() + " does not say which tables the kind sales holds",
          "Use --kind database or comprehensive for this database.");
    }
    return subset;
  }

  private static NotCaptured notOfKind(Table table, BackupKind kind) {
    String reason = "its rows are not part of a backup of kind " + kind.word();
    return new NotCaptured("TABLE ROWS", table.logicalName(), reason);
  }

  private static List<String> notices(NamedTables named, Set<String> held, List<String> uncounted) {
    Stream<String> readable =
        named.notSealed().stream()
            .filter(column -> held.contains(column.table()))
            .map(column ->
                "Not sealed: %s.%s, %s"
                    .formatted(column.table(), column.column(), column.reason()));
    Stream<String> unmatched =
        named.unmatched().stream()
            .map(name -> "The profile names a column that does not exist: " + name);
    Stream<String> notCounted = uncounted.stream().map(what -> "Not counted: " + what);
    return Stream.of(readable, unmatched, notCounted).flatMap(texts -> texts).toList();
  }

  boolean sealsAnything() {
    return schema.tables().stream().anyMatch(table -> !table.sealedColumns().isEmpty());
  }
}
