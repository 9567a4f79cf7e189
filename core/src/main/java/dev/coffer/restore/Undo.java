package dev.coffer.restore;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.backup.Cancellable;
import dev.coffer.compare.ScratchBackup;
import dev.coffer.compare.TablePair;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.loading.NoStandIn;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SequenceState;
import dev.coffer.postgres.write.SequenceChange;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import dev.coffer.restore.apply.Application;
import dev.coffer.restore.apply.RowChangeLog;
import dev.coffer.restore.apply.StaleTable;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes a restore back: every row that it touched becomes what it was, as long as it is still what
 * the restore made of it. An undo is a restore itself, with an identifier, and can be taken back.
 */
public final class Undo {
  private final UndoRequest request;
  private final Progress progress;
  private final List<String> notices = new ArrayList<>();

  private Undo(UndoRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Undoes, or only plans where nothing is confirmed.
   *
   * @throws CofferException {@code RESTORE_NOT_FOUND}, {@code ROWS_CHANGED_SINCE} with the tables
   *     and keys, {@code KEY_NEEDED}, {@code SCHEMA_DIFFERS}, {@code CONFIRMATION_WRONG} and
   *     others; the database is as it was then
   */
  public static Outcome run(UndoRequest request, Progress progress) {
    return Cancellable.call("nothing was undone", () -> new Undo(request, progress).run());
  }

  private Outcome run() throws IOException, InterruptedException {
    progress.stage("connecting");
    try (WriteTransaction target =
        WriteTransaction.open(request.live().database(), request.live().timeouts())) {
      Journal journal = Journal.in(request.live().root());
      journal.settle(target).forEach(this::tell);
      JournalEntry entry = journal.find(request.restoreId());
      requireUndoable(entry, target);
      Restore.requireConfirmation(request.confirm(), target.identity().name());
      Path earlier = request.live().root().resolve(entry.safety());
      if (!Files.exists(earlier)) {
        throw new CofferException(
            ErrorCode.BACKUP_NOT_FOUND,
            "the safety backup of " + entry.id() + " is missing: " + entry.safety(),
            "Without it the rows as they were before are not known. Put it back.");
      }
      Safety.require(earlier, List.of(), List.of(), progress);
      try (OpenedBackup before = Safety.open(earlier, request.identities())) {
        return undo(entry, before, target, journal);
      }
    }
  }

  private void tell(String notice) {
    notices.add(notice);
    progress.notice(notice);
  }

  private static void requireUndoable(JournalEntry entry, WriteTransaction target) {
    if (!entry.database().same(target.identity())) {
      throw new CofferException(
          ErrorCode.RESTORE_NOT_FOUND,
          entry.id() + " was a restore of another database, " + entry.database().name(),
          "Name that one with --database.");
    }
    if (entry.rebuild()) {
      throw new CofferException(
          ErrorCode.RESTORE_NOT_FOUND,
          entry.id() + " filled a database that was empty, which cannot be undone",
          "There was nothing before it.");
    }
    if (entry.undoneBy().isPresent()) {
      throw new CofferException(
          ErrorCode.RESTORE_NOT_FOUND,
          entry.id() + " has been undone already, by " + entry.undoneBy().get(),
          "To take that back, undo " + entry.undoneBy().get() + ".");
    }
    if (entry.state() != JournalEntry.State.DONE) {
      throw new CofferException(
          ErrorCode.RESTORE_NOT_FOUND,
          entry.id()
              + (entry.state() == JournalEntry.State.ROLLED_BACK
                  ? " was rolled back: there is nothing to undo"
                  : " is not known to have been completed"),
          "");
    }
  }

  private Outcome undo(
      JournalEntry entry, OpenedBackup before, WriteTransaction target, Journal journal)
      throws IOException, InterruptedException {
    long oldest = target.oldestRunning();
    if (request.confirm().isEmpty()) {
      try (ScratchBackup scratch =
          ScratchBackup.of(request.live().forSafety(Safety.sealed(before)), progress)) {
        return undo(entry, before, scratch.backup(), oldest, target, journal, Optional.empty());
      }
    }
    try (OpenedBackup live =
            Safety.take(request.live(), Safety.sealed(before), request.identities(), progress);
        SafetyFile safety = SafetyFile.of(live.file())) {
      return undo(entry, before, live, oldest, target, journal, Optional.of(safety));
    }
  }

  private Outcome undo(
      JournalEntry entry,
      OpenedBackup before,
      OpenedBackup live,
      long oldest,
      WriteTransaction target,
      Journal journal,
      Optional<SafetyFile> safety)
      throws IOException, InterruptedException {
    try (RowChangeLog changes = new RowChangeLog(Path.of(System.getProperty("java.io.tmpdir")))) {
      UndoChanges made = new UndoChanges(journal, entry, before, live, changes);
      made.make();
      List<SequenceState> sequences = sequences(entry, live);
      if (safety.isEmpty()) {
        List<StaleTable> changed = made.changedSince();
        if (!changed.isEmpty()) {
          throw changedSince(changed);
        }
      }
      Plan plan = plan(made, changes, sequences);
      List<String> closed = StandInCheck.problems(target, changes, plan);
      if (!closed.isEmpty()) {
        throw NoStandIn.refusal(closed);
      }
      if (safety.isEmpty()) {
        return Restoring.planned(target, plan, changes, sequences, notices);
      }
      if (plan.lacksKey() && !request.withoutKey()) {
        throw Restoring.keyNeeded();
      }
      UnreadChunks.check(live);
      Committing.Committed committed;
      try {
        committed =
            new Committing(
                    target,
                    request.live().database(),
                    journal,
                    request.live().keys().signingKey(),
                    progress)
                .run(
                    new Application.Goal(
                        changes,
                        before.header().schema().statements(),
                        sequences,
                        Optional.of(new Application.Known(live, oldest)),
                        Optional.empty()),
                    new Committing.Facts(
                        entry.safety(),
                        "undo",
                        Optional.of(entry.id()),
                        request.live().root(),
                        safety.get(),
                        request.live().createdBy(),
                        entry.scope()),
                    Undo::changedSince);
      } catch (CofferException failure) {
        throw failure.code() == ErrorCode.CONSTRAINT_VIOLATED ? pointedAt(failure) : failure;
      }
      committed.notices().forEach(this::tell);
      return Outcome.applied(committed.entry(), plan, safety.get().file(), notices);
    }
  }

  private static Plan plan(UndoChanges made, RowChangeLog changes, List<SequenceState> sequences)
      throws IOException {
    List<TablePlan> tables = new ArrayList<>();
    for (TablePair pair : changes.tables()) {
      RowChangeLog.Counts counts = changes.counts(pair);
      UndoChanges.Secrets secrets = made.secrets(pair.after().name());
      tables.add(
          new TablePlan(
              pair.after().logicalName(),
              counts.inserted(),
              counts.changed(),
              counts.deleted(),
              0,
              0,
              secrets.kept(),
              secrets.resets(),
              List.of(),
              List.of(),
              List.of(),
              secrets.resetKeys(),
              made.examples(pair.after().name())));
    }
    return new Plan(
        tables, tables.size(), sequences.size(), List.of(), PlanPin.of(changes, sequences));
  }

  /** Those that stand where the restore left them go back to where they were. */
  private static List<SequenceState> sequences(JournalEntry entry, OpenedBackup live) {
    Map<QualifiedName, SequenceState> now = new HashMap<>();
    live.header().schema().sequences().forEach(state -> now.put(state.name(), state));
    return entry.sequences().stream()
        .filter(change -> change.after().equals(now.get(change.after().name())))
        .map(SequenceChange::before)
        .toList();
  }

  private static CofferException changedSince(List<StaleTable> tables) {
    List<String> lines = new ArrayList<>();
    for (StaleTable table : tables) {
      String keys = table.keys().stream().collect(Collectors.joining(", "));
      lines.add(
          table.rows() == 0
              ? table.table() + ": the table was altered"
              : "%s: %d row(s)%s"
                  .formatted(table.table(), table.rows(), keys.isEmpty() ? "" : " " + keys));
    }
    return new CofferException(
        ErrorCode.ROWS_CHANGED_SINCE,
        "rows have changed since the restore:\n  " + String.join("\n  ", lines),
        "Nothing was changed. The safety backup still holds all rows as they were: 'coffer restore'"
            + " takes it as any other backup.");
  }

  private static CofferException pointedAt(CofferException failure) {
    return new CofferException(
        failure.code(),
        failure.fact(),
        "Nothing was changed. Rows that came after the restore need rows that the undo would take"
            + " away, or have what these had: change or delete those first.",
        failure);
  }
}
