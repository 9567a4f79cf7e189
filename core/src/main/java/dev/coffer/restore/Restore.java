package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.Cancellable;
import dev.coffer.compare.Change;
import dev.coffer.compare.CompareOptions;
import dev.coffer.compare.Comparison;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.Row;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.postgres.write.LiveTable;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import dev.coffer.restore.apply.Application;
import dev.coffer.restore.apply.RowChangeLog;
import dev.coffer.restore.apply.StaleTable;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.rebuild.Rebuild;
import dev.coffer.restore.rebuild.RebuildOptions;
import dev.coffer.restore.rebuild.RebuildResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Restores a backup into a database: plans, and applies the plan if that is confirmed. A database
 * without tables is rebuilt; any other is changed only where it differs.
 */
public final class Restore {
  private final RestoreRequest request;
  private final Progress progress;
  private final List<String> notices = new ArrayList<>();

  private Restore(RestoreRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Restores, or only plans where nothing is confirmed. May be ended by interrupting the thread.
   *
   * @throws CofferException {@code BACKUP_DAMAGED}, {@code CONFIRMATION_WRONG}, {@code
   *     SCHEMA_DIFFERS}, {@code KEY_NEEDED}, {@code PLAN_STALE}, {@code CONSTRAINT_VIOLATED},
   *     {@code RESTORE_RUNNING}, and others; the database is as it was then
   */
  public static Outcome run(RestoreRequest request, Progress progress) {
    return Cancellable.call("nothing was restored", () -> new Restore(request, progress).run());
  }

  private Outcome run() throws IOException, InterruptedException {
    progress.stage("connecting");
    try (WriteTransaction target =
        WriteTransaction.open(request.live().database(), SharedSnapshot.Timeouts.DEFAULT)) {
      String database = target.identity().name();
      Journal journal = Journal.in(request.live().root());
      journal.settle(target).forEach(this::tell);
      requireConfirmation(request.confirm(), database);
      Safety.require(request.backup(), request.identities(), request.trusted(), progress);
      try (ScratchBackup backup = ScratchBackup.open(request.backup(), request.identities())) {
        return target.isEmpty() && request.tables().isEmpty()
            ? rebuild(backup.backup(), database)
            : inPlace(backup.backup(), target, journal);
      }
    }
  }

  private void tell(String notice) {
    notices.add(notice);
    progress.notice(notice);
  }

  /**
   * @throws CofferException {@code CONFIRMATION_WRONG}
   */
  static void requireConfirmation(Optional<String> confirm, String database) {
    if (confirm.isPresent() && !confirm.get().equals(database)) {
      throw new CofferException(
          ErrorCode.CONFIRMATION_WRONG,
          "--confirm does not name the database, which is called " + database,
          "Nothing was changed. Make sure that this is the database you mean.");
    }
  }

  private Outcome rebuild(OpenedBackup backup, String database) {
    List<TablePlan> tables =
        backup.metadata().tables().entrySet().stream()
            .map(table ->
                new TablePlan(
                    table.getKey(),
                    table.getValue(),
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of()))
            .filter(TablePlan::worthTelling)
            .toList();
    Plan plan =
        new Plan(
            tables,
            backup.metadata().tables().size(),
            backup.header().schema().sequences().size(),
            List.of("The database has no tables: it is rebuilt whole. This cannot be undone."));
    if (request.confirm().isEmpty()) {
      return outcome(database, plan, Optional.empty());
    }
    RebuildResult result =
        Rebuild.into(
            backup,
            request.live().database(),
            new RebuildOptions(request.jobs(), request.withoutKey()),
            progress);
    return new Outcome(
        Optional.empty(),
        database,
        plan,
        true,
        Optional.empty(),
        result.rows(),
        plan.sequences(),
        notices,
        Optional.of(result));
  }

  private Outcome outcome(String database, Plan plan, Optional<Path> safety) {
    return new Outcome(
        Optional.empty(), database, plan, false, safety, 0, 0, notices, Optional.empty());
  }

  private Outcome inPlace(OpenedBackup backup, WriteTransaction target, Journal journal)
      throws IOException, InterruptedException {
    long oldest = target.oldestRunning();
    if (request.confirm().isEmpty()) {
      try (ScratchBackup scratch =
          ScratchBackup.of(request.live().forSafety(Safety.sealed(backup)), progress)) {
        return applyTo(backup, scratch.backup(), oldest, target, journal, Optional.empty());
      }
    }
    Path safety = Safety.take(request.live(), Safety.sealed(backup), progress);
    try (OpenedBackup live = Safety.open(safety, request.identities())) {
      return applyTo(backup, live, oldest, target, journal, Optional.of(safety));
    }
  }

  private Outcome applyTo(
      OpenedBackup backup,
      OpenedBackup live,
      long oldest,
      WriteTransaction target,
      Journal journal,
      Optional<Path> safety)
      throws IOException, InterruptedException {
    String database = target.identity().name();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (RowChangeLog changes = new RowChangeLog(temporary);
        Planner planner = new Planner(request.mode(), changes)) {
      ComparisonResult result =
          Comparison.compare(backup, live, CompareOptions.of(request.tables()), planner, progress);
      objectsOfOneSide(result, backup, live, planner);
      planner.finish();
      List<SequenceState> sequences = sequences(backup, live);
      Plan plan = plan(result, planner, changes, target, sequences);
      if (safety.isEmpty() || plan.isEmpty()) {
        return outcome(database, plan, safety);
      }
      requireKey(plan);
      boolean whole = request.mode() == Mode.EXACT && request.tables().isEmpty();
      Application.Goal goal =
          new Application.Goal(
              changes,
              sequences,
              whole,
              request.mode() == Mode.EXACT
                  ? Optional.of(new Application.Known(live, oldest))
                  : Optional.empty());
      Committing.Committed committed =
          new Committing(
                  target,
                  request.live().database(),
                  journal,
                  request.live().keys().signingKey(),
                  progress)
              .run(
                  goal,
                  new Committing.Facts(
                      String.valueOf(request.backup().getFileName()),
                      request.mode().word(),
                      Optional.empty(),
                      request.live().root().relativize(safety.get()).toString()),
                  Restore::stale);
      committed.notice().ifPresent(this::tell);
      return new Outcome(
          Optional.of(committed.entry().id()),
          database,
          plan,
          true,
          safety,
          plan.tables().stream().mapToLong(table -> table.inserted() + table.changed()).sum(),
          committed.entry().sequences().size(),
          notices,
          Optional.empty());
    }
  }

  private Plan plan(
      ComparisonResult result,
      Planner planner,
      RowChangeLog changes,
      WriteTransaction target,
      List<SequenceState> sequences) {
    Set<String> touched =
        changes.tables().stream()
            .map(pair -> pair.after().logicalName())
            .collect(Collectors.toSet());
    Map<QualifiedName, LiveTable> live =
        target.look(result.tables().stream().map(table -> table.pair().after().name()).toList());
    List<String> told = new ArrayList<>(result.notes());
    told.addAll(
        SchemaFit.check(
            result,
            request.mode(),
            touched::contains,
            (table, column) -> filled(live, table, column)));
    boolean exact = request.mode() == Mode.EXACT && request.tables().isEmpty();
    return new Plan(planner.tables(), result.tables().size(), exact ? sequences.size() : 0, told);
  }

  private static boolean filled(Map<QualifiedName, LiveTable> live, Table table, Column column) {
    return Optional.ofNullable(live.get(table.name())).stream()
        .flatMap(found -> found.columns().stream())
        .anyMatch(found -> found.name().equals(column.name()) && found.filled());
  }

  /** For an exact restore of everything those that differ, otherwise all: they go forwards only. */
  private List<SequenceState> sequences(OpenedBackup backup, OpenedBackup live) {
    Map<QualifiedName, SequenceState> now = new HashMap<>();
    live.header().schema().sequences().forEach(state -> now.put(state.name(), state));
    boolean whole = request.mode() == Mode.EXACT && request.tables().isEmpty();
    return backup.header().schema().sequences().stream()
        .filter(state -> now.containsKey(state.name()))
        .filter(state -> !whole || !Objects.equals(now.get(state.name()), state))
        .toList();
  }

  /** Large objects are listed as a table only where there are any. */
  private void objectsOfOneSide(
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

  private void requireKey(Plan plan) {
    if (plan.lacksKey() && !request.withoutKey()) {
      throw keyNeeded();
    }
  }

  static CofferException keyNeeded() {
    return new CofferException(
        ErrorCode.KEY_NEEDED,
        "passwords or bank details have to be restored, and no identity opens them",
        "Nothing was changed. Name the identity with --identity FILE. With --without-key the"
            + " restore goes on: rows that are there keep theirs; new ones get none, or one that"
            + " nobody can use, and are listed.");
  }

  private static CofferException stale(List<StaleTable> tables) {
    return new CofferException(
        ErrorCode.PLAN_STALE,
        "the database has changed since the plan was made: "
            + tables.stream()
                .map(table ->
                    table.rows() == 0
                        ? table.table() + " was altered"
                        : table.rows() + " row(s) of " + table.table())
                .collect(Collectors.joining(", ")),
        "Nothing was changed. Restore again: the plan is made anew. Where others write all the"
            + " time, stop them meanwhile, or restore fewer tables with --table.");
  }

  /** The logical names of tables that a plan touches. */
  static Set<String> names(List<TablePlan> tables) {
    return new HashSet<>(tables.stream().map(TablePlan::name).toList());
  }
}
