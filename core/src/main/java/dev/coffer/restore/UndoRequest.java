package dev.coffer.restore;

import dev.coffer.backup.BackupRequest;
import dev.coffer.seal.Identity;
import java.util.List;
import java.util.Optional;

/**
 * Which restore to take back.
 *
 * @param live how the database is backed up; its root holds the journal
 * @param identities open sealed values
 * @param withoutKey whether to go on where secrets cannot come back
 * @param confirm the database's name; empty for a plan alone
 */
public record UndoRequest(
    String restoreId,
    BackupRequest live,
    List<Identity> identities,
    boolean withoutKey,
    Optional<String> confirm) {
  public UndoRequest {
    identities = List.copyOf(identities);
  }
}
