package dev.coffer.restore.journal;

import dev.coffer.postgres.write.DatabaseIdentity;
import dev.coffer.postgres.write.SequenceChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A restore, or an undo of one.
 *
 * @param id {@code R-2026-01-25T14-30-45-123Z}
 * @param backup the file's name
 * @param mode a restore's, or {@code undo}, or {@link #REBUILD}
 * @param undoes the restore that this one takes back
 * @param undoneBy the one that took this one back
 * @param safety the safety backup, relative to the backups' folder; empty for a rebuild, before
 *     which there was nothing
 * @param transactionId by which the server knows how it ended; empty for a rebuild that an earlier
 *     version made
 * @param tables rows touched, by logical name
 * @param keys the columns that told rows apart, by logical name; none where rows are told apart by
 *     their content
 * @param createdBy who asked for it; empty where an earlier version wrote the entry
 * @param scope the tables, or the records, that it was limited to; empty for everything
 */
public record JournalEntry(
    String id,
    State state,
    String backup,
    String mode,
    Optional<String> undoes,
    Optional<String> undoneBy,
    DatabaseIdentity database,
    String safety,
    String transactionId,
    Map<String, Long> tables,
    Map<String, List<String>> keys,
    List<SequenceChange> sequences,
    String createdBy,
    String scope) {

  /** The mode of a restore into an empty database, which cannot be undone. */
  public static final String REBUILD = "rebuild";

  /** Whether it filled a database that was empty. */
  public boolean rebuild() {
    return mode.equals(REBUILD);
  }

  /** How far it came. */
  public enum State {
    /** About to be committed: whether it was, the server knows. */
    APPLYING,
    DONE,
    ROLLED_BACK,
    /** The server no longer knows. */
    UNKNOWN
  }

  public JournalEntry {
    tables = Map.copyOf(tables);
    keys = Map.copyOf(keys);
    sequences = List.copyOf(sequences);
  }

  public JournalEntry withState(State other) {
    return new JournalEntry(
        id,
        other,
        backup,
        mode,
        undoes,
        undoneBy,
        database,
        safety,
        transactionId,
        tables,
        keys,
        sequences,
        createdBy,
        scope);
  }

  public JournalEntry undoneBy(String other) {
    return new JournalEntry(
        id,
        state,
        backup,
        mode,
        undoes,
        Optional.of(other),
        database,
        safety,
        transactionId,
        tables,
        keys,
        sequences,
        createdBy,
        scope);
  }
}
