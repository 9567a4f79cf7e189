package dev.coffer.restore;

import dev.coffer.error.CofferException;
import dev.coffer.postgres.write.CommitFate;
import dev.coffer.postgres.write.DatabaseIdentity;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.restore.rebuild.CommitWatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a rebuild down before it is committed, so that the next run can learn how it ended. A
 * journal that cannot be written keeps no database from being filled.
 */
final class RebuildJournal implements CommitWatch {
  private final Restoring restoring;
  private final DatabaseIdentity database;
  private final Map<String, Long> tables;
  private Optional<JournalEntry> entry = Optional.empty();

  /**
   * @param tables rows by logical name
   */
  RebuildJournal(Restoring restoring, Map<String, Long> tables) {
    this.restoring = restoring;
    this.tables = tables;
    database = restoring.target().identity();
  }

  @Override
  public void committing(String transactionId) {
    try (Journal.Draft draft = restoring.journal().begin()) {
      entry = Optional.of(draft.write(none -> entry(draft.id(), transactionId)));
    } catch (CofferException unwritable) {
      restoring.tell("The list of restores lacks this one: " + unwritable.fact() + ".");
    }
  }

  private JournalEntry entry(String id, String transactionId) {
    return new JournalEntry(
        id,
        JournalEntry.State.APPLYING,
        String.valueOf(restoring.request().backup().getFileName()),
        JournalEntry.REBUILD,
        Optional.empty(),
        Optional.empty(),
        database,
        "",
        transactionId,
        tables,
        Map.of(),
        List.of(),
        restoring.request().live().createdBy(),
        "");
  }

  @Override
  public void over(CommitFate fate) {
    try {
      switch (fate) {
        case COMMITTED -> entry.ifPresent(restoring.journal()::done);
        case ABORTED ->
            entry.ifPresent(
                known -> restoring.journal().put(known.withState(JournalEntry.State.ROLLED_BACK)));
        case UNKNOWN -> {
          // The next run asks the server.
        }
      }
    } catch (CofferException unwritten) {
      restoring.tell(
          "How it ended could not be written down ("
              + unwritten.fact()
              + "); the next restore does so.");
    }
  }
}
