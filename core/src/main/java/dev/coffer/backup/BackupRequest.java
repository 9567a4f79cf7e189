package dev.coffer.backup;

import dev.coffer.archive.Compression;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.profile.ColumnName;
import dev.coffer.profile.Profile;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What to back up, and where to.
 *
 * @param reason needed for a comprehensive backup
 * @param createdBy who asks for it, for people: an e-mail address or {@code user@host}
 * @param root the folder that holds all backups
 * @param profiles from which the one that fits the database is chosen
 * @param compression of a readable file; one that is encrypted as a whole is always in frames
 * @param encryptTo encrypts the file as a whole; empty for a readable one
 * @param connections how many read in parallel, at least one
 * @param safety whether it is taken before a restore; its file's name says so
 * @param alsoSealed columns to seal besides those that the profile and their names tell, so that
 *     two backups seal alike and can be compared
 * @param timeouts how long to wait for a lock, and for one statement
 */
public record BackupRequest(
    ConnectionSettings database,
    BackupKind kind,
    String reason,
    String createdBy,
    Path root,
    Compression compression,
    List<Profile> profiles,
    KeyHome keys,
    List<Recipient> encryptTo,
    int connections,
    String cofferVersion,
    boolean safety,
    Set<ColumnName> alsoSealed,
    SharedSnapshot.Timeouts timeouts) {

  public BackupRequest {
    alsoSealed = Set.copyOf(alsoSealed);
    compression = encryptTo.isEmpty() ? compression : Compression.ZSTD;
    profiles = List.copyOf(profiles);
    encryptTo = List.copyOf(encryptTo);
  }

  /** A backup for its own sake. */
  public BackupRequest(
      ConnectionSettings database,
      BackupKind kind,
      String reason,
      String createdBy,
      Path root,
      Compression compression,
      List<Profile> profiles,
      KeyHome keys,
      List<Recipient> encryptTo,
      int connections,
      String cofferVersion) {
    this(
        database,
        kind,
        reason,
        createdBy,
        root,
        compression,
        profiles,
        keys,
        encryptTo,
        connections,
        cofferVersion,
        false,
        Set.of(),
        SharedSnapshot.Timeouts.DEFAULT);
  }

  /** The same, more or less patient. */
  public BackupRequest withTimeouts(SharedSnapshot.Timeouts other) {
    return new BackupRequest(
        database,
        kind,
        reason,
        createdBy,
        root,
        compression,
        profiles,
        keys,
        encryptTo,
        connections,
        cofferVersion,
        safety,
        alsoSealed,
        other);
  }

  /** The same, taken before a restore from a backup that seals these columns. */
  public BackupRequest forSafety(Set<ColumnName> sealedThere) {
    return new BackupRequest(
        database,
        kind,
        reason,
        createdBy,
        root,
        compression,
        profiles,
        keys,
        encryptTo,
        connections,
        cofferVersion,
        true,
        sealedThere,
        timeouts);
  }
}
