package dev.coffer.restore;

import dev.coffer.postgres.MissingPrivileges;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.restore.rebuild.RebuildResult;
import dev.coffer.restore.record.RecordTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a restore or an undo ended.
 *
 * @param restoreId by which it can be undone; empty where nothing was changed, and for a rebuild
 * @param database its name
 * @param safety the backup of the database before; empty where nothing was changed
 * @param readBack rows that were written, read back and found as wanted
 * @param sequencesSet how many
 * @param records what belongs to the records that were asked for; empty where none were
 * @param rebuilt present where the database was empty
 * @param lacks what would keep the role from applying the plan; empty where nothing would, and
 *     after it was applied
 */
public record Outcome(
    Optional<String> restoreId,
    String database,
    Plan plan,
    boolean applied,
    Optional<Path> safety,
    long readBack,
    long sequencesSet,
    List<String> notices,
    Optional<RecordTree> records,
    Optional<RebuildResult> rebuilt,
    Optional<MissingPrivileges> lacks) {
  public Outcome {
    notices = List.copyOf(notices);
  }

  /** A plan that was not applied. */
  static Outcome planned(String database, Plan plan, List<String> notices) {
    return new Outcome(
        Optional.empty(),
        database,
        plan,
        false,
        Optional.empty(),
        0,
        0,
        notices,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A plan that was committed. */
  static Outcome applied(JournalEntry entry, Plan plan, Path safety, List<String> notices) {
    return new Outcome(
        Optional.of(entry.id()),
        entry.database().name(),
        plan,
        true,
        Optional.of(safety),
        plan.tables().stream().mapToLong(table -> table.inserted() + table.changed()).sum(),
        entry.sequences().size(),
        notices,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Outcome with(RecordTree tree) {
    return new Outcome(
        restoreId,
        database,
        plan,
        applied,
        safety,
        readBack,
        sequencesSet,
        notices,
        Optional.of(tree),
        rebuilt,
        lacks);
  }

  /** The same plan, with what would keep the role from applying it. */
  Outcome lacking(MissingPrivileges missing) {
    return new Outcome(
        restoreId,
        database,
        plan,
        applied,
        safety,
        readBack,
        sequencesSet,
        notices,
        records,
        rebuilt,
        Optional.of(missing).filter(any -> !any.isEmpty()));
  }
}
