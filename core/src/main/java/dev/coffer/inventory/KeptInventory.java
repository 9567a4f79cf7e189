package dev.coffer.inventory;

import dev.coffer.archive.ProofFile;
import dev.coffer.error.CofferException;
import dev.coffer.model.BackupInfo;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.VerifyKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The backups in a folder, for one who asks often: a file is read again only when it has changed. A
 * file counts as unchanged while the file system tells the same of it: size, times, and the change
 * of its permissions.
 *
 * <p>Of flagged rows the counts are kept and not the ids, since thousands of backups are held in
 * memory; {@link Inventory#info} tells all of one. For several threads.
 */
public final class KeptInventory {
  private final Path root;
  private final KeyHome keys;
  private final Map<Path, Kept> kept = new ConcurrentHashMap<>();

  /** What was told of a file, by what it looked like and by whose proofs counted then. */
  private record Kept(
      List<Map<String, Object>> attributes, List<VerifyKey> trusted, Optional<BackupInfo> info) {}

  /**
   * The backups below {@code root}.
   *
   * @param keys whose trusted signers' proofs count
   */
  public KeptInventory(Path root, KeyHome keys) {
    this.root = root;
    this.keys = keys;
  }

  /**
   * Every backup, newest first, as {@link Inventory#list} tells them.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND} where the folder is missing, {@code
   *     FILE_UNREADABLE}
   */
  public List<BackupInfo> list() {
    List<Path> files = Inventory.files(root);
    List<VerifyKey> trusted = keys.trustedSigners();
    List<BackupInfo> backups =
        Inventory.newestFirst(
            files.parallelStream().map(file -> read(file, trusted)).flatMap(Optional::stream));
    kept.keySet().retainAll(Set.copyOf(files));
    return backups;
  }

  private Optional<BackupInfo> read(Path file, List<VerifyKey> trusted) {
    List<Map<String, Object>> attributes;
    try {
      Path proof = ProofFile.beside(file);
      attributes =
          Files.exists(proof)
              ? List.of(attributes(file), attributes(proof))
              : List.of(attributes(file));
    } catch (IOException gone) {
      return Inventory.listed(file, trusted);
    }
    Kept before = kept.get(file);
    if (before != null
        && before.attributes().equals(attributes)
        && before.trusted().equals(trusted)) {
      return before.info();
    }
    Optional<BackupInfo> info = Inventory.listed(file, trusted).map(KeptInventory::withoutIds);
    kept.put(file, new Kept(attributes, trusted, info));
    return info;
  }

  private static Map<String, Object> attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
    } catch (UnsupportedOperationException | IllegalArgumentException elsewhere) {
      return Files.readAttributes(file, "size,lastModifiedTime");
    }
  }

  private static BackupInfo withoutIds(BackupInfo info) {
    List<BackupInfo.FlaggedRows> counts =
        info.flagged().stream()
            .map(rows ->
                new BackupInfo.FlaggedRows(
                    rows.rule(), rows.table(), rows.column(), rows.rows(), List.of()))
            .toList();
    return new BackupInfo(
        info.file(),
        info.state(),
        info.timestamp(),
        info.version(),
        info.kind(),
        info.createdBy(),
        info.reason(),
        info.fileSize(),
        info.totalRecords(),
        info.tables(),
        info.communicationSummary(),
        counts,
        info.excluded(),
        info.sealedColumns(),
        info.problem(),
        info.provenAt(),
        info.proofProblem(),
        info.database(),
        info.origin());
  }
}
