package dev.coffer.backup;

import dev.coffer.archive.Compression;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.profile.Profile;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import java.nio.file.Path;
import java.util.List;

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
    String cofferVersion) {

  public BackupRequest {
    compression = encryptTo.isEmpty() ? compression : Compression.ZSTD;
    profiles = List.copyOf(profiles);
    encryptTo = List.copyOf(encryptTo);
  }
}
