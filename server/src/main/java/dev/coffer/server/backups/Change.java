package dev.coffer.server.backups;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is other in a backup than in the one before of the same kind.
 *
 * @param before the one before
 * @param apart how much earlier that was
 * @param records more, or fewer where it is negative
 * @param bytes the same of the file's size
 * @param tables records more or fewer, by table; of a table that is new, all of its records
 * @param added tables that the one before does not have
 * @param gone tables that only the one before has
 */
public record Change(
    Backup before,
    Duration apart,
    long records,
    long bytes,
    Map<String, Long> tables,
    List<String> added,
    List<String> gone) {

  /**
   * Since the newest one of the same kind, and of the same system, that is older and not damaged.
   *
   * @param all newest first
   */
  static Optional<Change> of(Backup backup, List<Backup> all) {
    return all.stream()
        .filter(other -> isBefore(other, backup))
        .findFirst()
        .filter(before -> backup.info().totalRecords().isPresent())
        .map(before -> between(before, backup));
  }

  private static boolean isBefore(Backup other, Backup backup) {
    return other.alike(backup)
        && other.standing() != Standing.CORRUPTED
        && other.info().totalRecords().isPresent()
        && other.timestamp().isBefore(backup.timestamp());
  }

  private static Change between(Backup before, Backup backup) {
    Map<String, Long> earlier = before.info().tables();
    Map<String, Long> now = backup.info().tables();
    Map<String, Long> changes = new LinkedHashMap<>();
    now.forEach((table, count) -> changes.put(table, count - earlier.getOrDefault(table, 0L)));
    return new Change(
        before,
        Duration.between(before.timestamp(), backup.timestamp()),
        backup.info().totalRecords().orElse(0L) - before.info().totalRecords().orElse(0L),
        backup.info().fileSize() - before.info().fileSize(),
        changes,
        now.keySet().stream().filter(table -> !earlier.containsKey(table)).toList(),
        earlier.keySet().stream().filter(table -> !now.containsKey(table)).toList());
  }
}
