package dev.coffer.restore;

import dev.coffer.backup.BackupRequest;
import dev.coffer.restore.record.RecordName;
import dev.coffer.seal.Identity;
import dev.coffer.seal.VerifyKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to restore, and where to.
 *
 * @param backup the file
 * @param live how the database is backed up: before the restore, and to compare with; its root
 *     holds the safety backup and the journal
 * @param tables by their names in the backup or in the database; empty for all
 * @param records to restore these, with all that belongs to them, and nothing else
 * @param identities open sealed values
 * @param withoutKey whether to go on where secrets cannot come back
 * @param confirm the database's name, repeated by whoever wants it to be changed; empty for a plan
 *     alone
 * @param trusted whose signature the backup has to have; empty to take any
 * @param jobs how many connections load into an empty database
 * @param takeOver whether rows of a record come back where others stand in their way now; for
 *     records alone, and not in the mode {@code missing}, which changes no row
 * @param skipBadRows whether rows of a legacy file with a value that the database cannot take are
 *     left out and named; otherwise they are an error
 * @param pinned the plan that somebody has seen: another one is not applied
 */
public record RestoreRequest(
    Path backup,
    BackupRequest live,
    Mode mode,
    List<String> tables,
    List<RecordName> records,
    List<Identity> identities,
    boolean withoutKey,
    Optional<String> confirm,
    List<VerifyKey> trusted,
    int jobs,
    boolean takeOver,
    boolean skipBadRows,
    Optional<PlanPin> pinned) {
  public RestoreRequest {
    tables = List.copyOf(tables);
    records = List.copyOf(records);
    identities = List.copyOf(identities);
    trusted = List.copyOf(trusted);
  }

  /** A request of somebody who takes the plan as it comes, all else as it is, and no bad rows. */
  public RestoreRequest(
      Path backup,
      BackupRequest live,
      Mode mode,
      List<String> tables,
      List<RecordName> records,
      List<Identity> identities,
      boolean withoutKey,
      Optional<String> confirm,
      List<VerifyKey> trusted,
      int jobs) {
    this(
        backup,
        live,
        mode,
        tables,
        records,
        identities,
        withoutKey,
        confirm,
        trusted,
        jobs,
        false,
        false,
        Optional.empty());
  }

  /**
   * What it is about, for the journal: tables by name, records by key. What a record was searched
   * by is not told: that may be an address.
   */
  String scope() {
    if (!records.isEmpty()) {
      return records.stream()
          .map(record ->
              switch (record) {
                case RecordName.ById(String table, String id) -> table + "/" + id;
                case RecordName.ByWord(String word, String value) -> "a " + word;
              })
          .collect(Collectors.joining(", "));
    }
    return String.join(", ", tables);
  }
}
