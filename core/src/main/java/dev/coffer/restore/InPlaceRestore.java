package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.Change;
import dev.coffer.compare.CompareOptions;
import dev.coffer.compare.Comparison;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.Row;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.compare.TablePair;
import dev.coffer.model.BackupKind;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.restore.apply.Application;
import dev.coffer.restore.apply.RowChangeLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Restores whole tables: compares the backup with the live database, and applies what differs. */
final class InPlaceRestore {
  private final Restoring restoring;
  private final RestoreRequest request;
  private final boolean whole;

  /**
   * @param whole whether the database is to become equal to the backup, its sequences too
   */
  InPlaceRestore(Restoring restoring, boolean whole) {
    this.restoring = restoring;
    request = restoring.request();
    this.whole = whole;
  }

  Outcome run(OpenedBackup backup) throws IOException, InterruptedException {
    long oldest = restoring.target().oldestRunning();
    if (request.confirm().isEmpty()) {
      try (ScratchBackup scratch =
          ScratchBackup.of(request.live().forSafety(Safety.sealed(backup)), restoring.progress())) {
        return run(backup, scratch.backup(), oldest, Optional.empty());
      }
    }
    try (OpenedBackup live =
            Safety.take(
                request.live(), Safety.sealed(backup), request.identities(), restoring.progress());
        SafetyFile safety = SafetyFile.of(live.file())) {
      return run(backup, live, oldest, Optional.of(safety));
    }
  }

  private Outcome run(
      OpenedBackup backup, OpenedBackup live, long oldest, Optional<SafetyFile> safety)
      throws IOException, InterruptedException {
    try (RowChangeLog changes = new RowChangeLog(Restoring.TEMPORARY);
        Planner planner = new Planner(request.mode(), changes)) {
      ComparisonResult result =
          Comparison.compare(
              backup, live, CompareOptions.of(request.tables()), planner, restoring.progress());
      UnreadChunks.check(backup, live);
      objectsOfOneSide(result, backup, live, planner);
      planner.finish();
      List<SequenceState> sequences = sequences(backup, live, result);
      Plan plan =
          standing(
              restoring.withStandIns(
                  plan(
                      result,
                      planner,
                      changes,
                      sequences,
                      new TypeFit(
                          backup.header().schema().statements(),
                          live.header().schema().statements())),
                  changes),
              changes);
      if (safety.isPresent()) {
        Restoring.requirePinned(request.pinned(), plan);
      }
      if (safety.isEmpty() || plan.isEmpty()) {
        return restoring.planned(plan, changes, whole ? sequences : List.of());
      }
      restoring.requireKey(plan);
      Application.Known known = new Application.Known(live, oldest);
      return restoring.commit(
          new Application.Goal(
              changes,
              backup.header().schema().statements(),
              sequences,
              whole ? Optional.of(known) : Optional.empty(),
              request.mode() == Mode.EXACT ? Optional.of(known) : Optional.empty()),
          plan,
          safety.get());
    }
  }

  /** An exact restore leaves no row that could stand in another's way. */
  private Plan standing(Plan plan, RowChangeLog changes) throws IOException {
    return request.mode() == Mode.EXACT ? plan : restoring.withStandingRows(plan, changes);
  }

  private Plan plan(
      ComparisonResult result,
      Planner planner,
      RowChangeLog changes,
      List<SequenceState> sequences,
      TypeFit types)
      throws IOException {
    List<TablePair> pairs =
        result.tables().stream().map(ComparisonResult.TableResult::pair).toList();
    List<String> told = new ArrayList<>(result.notes());
    told.addAll(
        SchemaFit.check(
            result,
            request.mode(),
            Restoring.names(changes)::contains,
            types,
            restoring.filled(pairs)));
    return new Plan(
        planner.tables(),
        pairs.size(),
        whole ? sequences.size() : 0,
        told,
        PlanPin.of(changes, whole ? sequences : List.of()));
  }

  /** For a whole restore those that are to be set, otherwise all. */
  private List<SequenceState> sequences(
      OpenedBackup backup, OpenedBackup live, ComparisonResult result) {
    List<SequenceState> states = live.header().schema().sequences();
    if (!whole) {
      return Restoring.sequences(backup, states);
    }
    Map<QualifiedName, SequenceState> now = new HashMap<>();
    states.forEach(state -> now.put(state.name(), state));
    List<SequenceState> differing =
        backup.header().schema().sequences().stream()
            .filter(state -> now.containsKey(state.name()))
            .filter(state -> !Objects.equals(now.get(state.name()), state))
            .toList();
    boolean everything =
        backup.header().kind() != BackupKind.SALES
            && result.oneSided().stream()
                .noneMatch(table -> table.side() == ComparisonResult.Side.AFTER);
    return restoring
        .target()
        .attainable(
            differing,
            now,
            result.tables().stream().map(table -> table.pair().after().name()).toList(),
            everything);
  }

  /** Large objects are listed as a table only where there are any. */
  private static void objectsOfOneSide(
      ComparisonResult result, OpenedBackup backup, OpenedBackup live, Planner planner)
      throws IOException {
    for (ComparisonResult.OneSided side : result.oneSided()) {
      boolean before = side.side() == ComparisonResult.Side.BEFORE;
      OpenedBackup holder = before ? backup : live;
      Optional<Table> objects =
          holder.header().schema().tables().stream()
              .filter(table -> table.name().equals(side.name()))
              .filter(table -> table.kind() == Table.Kind.LARGE_OBJECTS)
              .findFirst();
      if (objects.isPresent()) {
        Table table = objects.get();
        TablePair pair =
            new TablePair(
                table,
                table,
                table.columns().stream()
                    .map(column -> new TablePair.ColumnPair(column, column))
                    .toList(),
                table.primaryKey());
        planner.table(pair);
        for (int place : holder.chunks(table)) {
          holder.rows(
              table,
              place,
              stored -> {
                Row row =
                    new Row(
                        Arrays.copyOfRange(stored.line(), stored.from(), stored.to()), new byte[0]);
                planner.change(pair, before ? new Change.Removed(row) : new Change.Added(row));
              });
        }
      }
    }
  }
}
