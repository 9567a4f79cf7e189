package dev.coffer.restore.rebuild;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.chunk.TableHash;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.loading.SealedColumns;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.Table;
import dev.coffer.progress.Progress;
import dev.coffer.restore.rebuild.RebuildResult.LostSecrets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What has been loaded, to be compared with what was signed. May be used by several threads. */
final class LoadTotals {
  private final Map<String, Loaded> tables = new LinkedHashMap<>();
  private final Progress progress;

  /** One table's. */
  private static final class Loaded {
    private final Table table;
    private final TableHash hash = new TableHash();
    private final ClosedValues closed;
    private long rows;

    Loaded(Table table) {
      this.table = table;
      closed = new ClosedValues(table);
    }
  }

  LoadTotals(List<Table> tables, Progress progress) {
    tables.forEach(table -> this.tables.put(table.logicalName(), new Loaded(table)));
    this.progress = progress;
  }

  synchronized void add(DecodedChunk chunk) {
    Loaded loaded = tables.get(chunk.piece().table().logicalName());
    if (loaded == null) {
      throw new IllegalStateException("another backup's table");
    }
    loaded.rows += chunk.rows();
    chunk.hash().ifPresent(loaded.hash::add);
    loaded.closed.add(chunk.closed());
    progress.advanced(loaded.table.logicalName(), chunk.rows(), chunk.documentBytes());
  }

  /**
   * Compares with the signed metadata, by hash where chunks were not compared as they are stored.
   *
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  synchronized void require(OpenedBackup backup) {
    BackupMetadata metadata = backup.metadata();
    tables.forEach((name, loaded) -> {
      boolean same =
          metadata.tables().getOrDefault(name, -1L) == loaded.rows
              && (backup.signsFrames()
                  || loaded.hash.hex().equals(metadata.integrityHashes().get(name)));
      if (!same) {
        throw new CofferException(
            ErrorCode.BACKUP_DAMAGED,
            "table " + name + ": its rows are not those that the metadata counts and hashes",
            "Nothing was restored. Use another copy of the file, or another backup.");
      }
    });
  }

  synchronized Map<String, Long> rows() {
    Map<String, Long> rows = new LinkedHashMap<>();
    tables.forEach((name, loaded) -> rows.put(name, loaded.rows));
    return rows;
  }

  synchronized List<LostSecrets> lost(SealedColumns sealed) {
    List<LostSecrets> lost = new ArrayList<>();
    tables
        .values()
        .forEach(loaded -> lost.addAll(loaded.closed.lost(sealed.standIns(loaded.table))));
    return lost;
  }
}
