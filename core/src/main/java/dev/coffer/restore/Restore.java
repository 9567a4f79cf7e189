package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.Cancellable;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.legacy.LegacyDocument;
import dev.coffer.restore.legacy.LegacyOptions;
import dev.coffer.restore.rebuild.Rebuild;
import dev.coffer.restore.rebuild.RebuildOptions;
import dev.coffer.restore.rebuild.RebuildResult;
import dev.coffer.restore.record.TouchedRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    requireSense();
    progress.stage("connecting");
    try (WriteTransaction target =
        WriteTransaction.open(request.live().database(), request.live().timeouts())) {
      String database = target.identity().name();
      Journal journal = Journal.in(request.live().root());
      journal.settle(target).forEach(this::tell);
      requireConfirmation(request.confirm(), database);
      Restoring restoring = new Restoring(request, target, journal, progress, notices);
      if (LegacyDocument.isLegacy(request.backup())) {
        return legacy(restoring);
      }
      if (!request.records().isEmpty()) {
        try (ScratchBackup backup = ScratchBackup.open(request.backup(), request.identities())) {
          Safety.requireTrusted(backup.backup(), request.trusted());
          return new RecordRestore(restoring).run(backup.backup());
        }
      }
      try (ScratchBackup backup =
          Safety.openWhole(request.backup(), request.identities(), request.trusted(), progress)) {
        requireWholeTables(backup.backup());
        boolean unfinished = target.isUnfinished();
        return (unfinished || target.isEmpty()) && request.tables().isEmpty()
            ? rebuild(backup.backup(), restoring, unfinished)
            : new InPlaceRestore(
                    restoring, request.mode() == Mode.EXACT && request.tables().isEmpty())
                .run(backup.backup());
      }
    }
  }

  private void requireSense() {
    if (request.takeOver() && (request.records().isEmpty() || request.mode() == Mode.MISSING)) {
      throw new CofferException(
          ErrorCode.USAGE,
          "taking rows over is for records, in the modes merge and exact",
          "Name records, and --mode merge or --mode exact: the mode missing changes no row that is"
              + " there.");
    }
    if (request.skipBadRows() && !LegacyDocument.isLegacy(request.backup())) {
      throw new CofferException(
          ErrorCode.USAGE,
          request.backup() + " is a backup of Coffer's, which holds no bad rows to be skipped",
          "Leave --skip-bad-rows away.");
    }
  }

  /**
   * Refuses to make tables equal to a backup that holds only some of their rows: all others would
   * be deleted.
   *
   * @throws CofferException {@code USAGE}
   */
  private void requireWholeTables(OpenedBackup backup) {
    if (request.mode() == Mode.EXACT && backup.header().reason().equals(TouchedRows.REASON)) {
      throw new CofferException(
          ErrorCode.USAGE,
          backup.file() + " holds only the rows that a restore of single records touched",
          "To take that restore back, undo it. Or restore with --mode merge or --mode missing.");
    }
  }

  /** A file of the portal's earlier system, as a document of today. */
  private Outcome legacy(Restoring restoring) throws IOException, InterruptedException {
    if (!request.records().isEmpty()) {
      throw new CofferException(
          ErrorCode.USAGE,
          "a file of the earlier system does not say what belongs to a record",
          "Restore tables with --table, or all of it with --mode missing.");
    }
    Safety.require(request.backup(), request.identities(), List.of(), progress);
    try (LegacyDocument document =
        LegacyDocument.convert(
            request.backup(),
            request.live().database(),
            request.live().profiles(),
            request.live().keys(),
            new LegacyOptions(Set.copyOf(request.tables()), request.skipBadRows()),
            Restoring.TEMPORARY,
            progress)) {
      if (request.mode() == Mode.EXACT) {
        document.requireExactAllowed(request.tables());
      }
      document.fidelity().statements().forEach(this::tell);
      return new InPlaceRestore(restoring, false).run(document.backup());
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

  /**
   * @param unfinished whether a run that was killed has left something
   */
  private Outcome rebuild(OpenedBackup backup, Restoring restoring, boolean unfinished) {
    String database = restoring.database();
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
                    List.of(),
                    List.of()))
            .filter(TablePlan::worthTelling)
            .toList();
    Plan plan =
        new Plan(
            tables,
            backup.metadata().tables().size(),
            backup.header().schema().sequences().size(),
            List.of(
                (unfinished
                        ? "A restore into this database was killed, and what it had made is dropped"
                        : "The database has no tables")
                    + ": it is rebuilt whole. This cannot be undone."),
            PlanPin.REBUILD);
    if (request.confirm().isEmpty()) {
      // Nothing else reads the rows.
      Safety.require(request.backup(), request.identities(), request.trusted(), progress);
      if (request.withoutKey() && !unfinished) {
        Rebuild.rehearse(backup, request.live().database(), progress);
      }
      return Outcome.planned(database, plan, notices);
    }
    Restoring.requirePinned(request.pinned(), plan);
    RebuildResult result =
        Rebuild.into(
            backup,
            request.live().database(),
            new RebuildOptions(request.jobs(), request.withoutKey()),
            new RebuildJournal(restoring, backup.metadata().tables()),
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
        Optional.empty(),
        Optional.of(result),
        Optional.empty());
  }
}
