package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.BackupRequest;
import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.restore.apply.Application;
import dev.coffer.restore.apply.RowChangeLog;
import dev.coffer.restore.record.LiveDatabase;
import dev.coffer.restore.record.RecordOptions;
import dev.coffer.restore.record.RecordTree;
import dev.coffer.restore.record.Records;
import dev.coffer.restore.record.TouchedRows;
import dev.coffer.seal.KeyHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Restores single records with everything that belongs to them. The safety backup holds just the
 * rows that are touched: to read the whole database would take longer than the restore.
 */
final class RecordRestore {
  private final Restoring restoring;
  private final RestoreRequest request;

  RecordRestore(Restoring restoring) {
    this.restoring = restoring;
    request = restoring.request();
  }

  /** Passes changes on, and keeps the live rows that they touch. */
  private static final class Keeping implements ChangeSink {
    private final ChangeSink next;
    private final Map<Table, List<Row>> rows = new LinkedHashMap<>();

    Keeping(ChangeSink next) {
      this.next = next;
    }

    @Override
    public void table(TablePair pair) throws IOException {
      rows.putIfAbsent(pair.after(), new ArrayList<>());
      next.table(pair);
    }

    @Override
    public void change(TablePair pair, Change change) throws IOException {
      List<Row> ofTable = rows.computeIfAbsent(pair.after(), any -> new ArrayList<>());
      switch (change) {
        case Change.Added(Row after) -> ofTable.add(after);
        case Change.Changed(Row before, Row after) -> ofTable.add(after);
        case Change.Removed removed -> {
          // Nothing of it is there that could be kept.
        }
      }
      next.change(pair, change);
    }
  }

  Outcome run(OpenedBackup backup) throws IOException, InterruptedException {
    KeyHome keys = request.live().keys();
    if (keys.recipients().isEmpty() || !keys.hasSigningKey()) {
      keys.generate();
    }
    try (RowChangeLog changes = new RowChangeLog(Restoring.TEMPORARY);
        Planner planner = new Planner(planned(), changes)) {
      Keeping keeping = new Keeping(planner);
      RecordTree tree;
      TouchedRows.Source source;
      List<SequenceState> sequences;
      TypeFit types;
      // Closed before anything is written: it holds locks.
      try (LiveDatabase live =
          LiveDatabase.open(
              request.live().database(),
              request.live().profiles(),
              keys.signingKey(),
              backup.header().schema().tables())) {
        tree =
            Records.compare(
                request.records(), backup, live, options(), keeping, restoring.progress());
        source = source(live);
        sequences = Restoring.sequences(backup, live.schema().sequences());
        types = new TypeFit(backup.header().schema().statements(), live.schema().statements());
      }
      planner.finish();
      Plan plan =
          restoring.withStandingRows(
              restoring.withStandIns(plan(planner, changes, types, tree), changes), changes);
      if (request.confirm().isPresent()) {
        Restoring.requirePinned(request.pinned(), plan);
      }
      if (request.confirm().isEmpty() || plan.isEmpty()) {
        return restoring.planned(plan, changes, List.of()).with(tree);
      }
      restoring.requireKey(plan);
      Path file = TouchedRows.write(request.live().root(), keys, source, keeping.rows);
      try (SafetyFile safety = SafetyFile.of(file)) {
        Safety.require(file, List.of(), List.of(), restoring.progress());
        return restoring
            .commit(
                new Application.Goal(
                    changes,
                    backup.header().schema().statements(),
                    sequences,
                    Optional.empty(),
                    Optional.empty()),
                plan,
                safety)
            .with(tree);
      }
    }
  }

  private RecordOptions options() {
    int threads = Runtime.getRuntime().availableProcessors();
    RecordOptions options =
        switch (request.mode()) {
          case EXACT -> RecordOptions.exact(threads);
          case MERGE -> RecordOptions.merge(threads);
          case MISSING -> RecordOptions.missing(threads);
        };
    return request.takeOver() ? options.takingOver() : options;
  }

  /** Live rows that are taken over are the only ones that a merge is given to delete. */
  private Mode planned() {
    return request.takeOver() ? Mode.EXACT : request.mode();
  }

  private TouchedRows.Source source(LiveDatabase live) {
    BackupRequest asked = request.live();
    return new TouchedRows.Source(
        live.snapshot().description(),
        live.schema().foreignKeys(),
        live.profile().name(),
        asked.createdBy(),
        asked.cofferVersion());
  }

  private Plan plan(Planner planner, RowChangeLog changes, TypeFit types, RecordTree tree)
      throws IOException {
    List<String> told = new ArrayList<>(tree.notes());
    told.addAll(SchemaFit.check(changes.tables(), types, restoring.filled(changes.tables())));
    if (tree.leftAlone() > 0) {
      told.add(
          tree.leftAlone()
              + " row(s) are left alone, since something stands in the way: see the tree."
              + (request.takeOver() ? "" : " --take-over restores what can be all the same."));
    }
    return new Plan(
        planner.tables(), tree.tables().size(), 0, told, PlanPin.of(changes, List.of()));
  }
}
