package dev.coffer.server.backups;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.error.CofferException;
import dev.coffer.model.BackupHeader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What in a file vouches for it.
 *
 * @param signed whether its signature fits what it says; whose it is, a check tells
 * @param hashes SHA-256 of each table by name
 * @param problem why nothing of it can be told
 */
public record Evidence(
    boolean signed,
    Map<String, String> hashes,
    Optional<BackupHeader.Source> source,
    List<String> recipients,
    Optional<String> problem) {

  /** Of a file that Coffer wrote and that is not encrypted as a whole. */
  static Evidence of(Backup backup) {
    try (OpenedBackup opened = OpenedBackup.open(backup.info().file(), List.of())) {
      return new Evidence(
          true,
          new LinkedHashMap<>(opened.metadata().integrityHashes()),
          Optional.of(opened.header().source()),
          opened.header().sealing().map(BackupHeader.Sealing::recipients).orElse(List.of()),
          Optional.empty());
    } catch (CofferException unreadable) {
      return new Evidence(
          false, Map.of(), Optional.empty(), List.of(), Optional.of(unreadable.fact()));
    }
  }
}
