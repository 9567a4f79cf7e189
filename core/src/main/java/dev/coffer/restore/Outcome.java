package dev.coffer.restore;

import dev.coffer.restore.rebuild.RebuildResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a restore or an undo ended.
 *
 * @param restoreId by which it can be undone; empty where nothing was changed, and for a rebuild
 * @param database its name
 * @param safety the backup of the database before
 * @param readBack rows that were written, read back and found as wanted
 * @param sequencesSet how many
 * @param rebuilt present where the database was empty
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
    Optional<RebuildResult> rebuilt) {
  public Outcome {
    notices = List.copyOf(notices);
  }
}
