package dev.coffer.backup;

import dev.coffer.archive.ArchiveWriter;
import dev.coffer.archive.Compression;
import dev.coffer.error.CofferException;
import dev.coffer.insight.Insight;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.seal.BackupKey;
import dev.coffer.seal.Fingerprint;
import dev.coffer.seal.SigningKey;
import dev.coffer.store.LocalStore;
import dev.coffer.store.PendingFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a document, in frames, whose rows do not come from a snapshot but from the caller, table
 * after table in the order of the header's schema. Until {@link #finish} there is no file. For one
 * thread.
 */
public final class DocumentWriter implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final BackupHeader header;
  private final SigningKey signingKey;
  private final PendingFile pending;
  private final ArchiveWriter archive;
  private final SealedSpill spill;
  private final RangeEncoder.Bench bench;
  private final Insight insight;
  private final Map<String, TableTotal> totals = new LinkedHashMap<>();
  private Optional<Open> open = Optional.empty();

  /** The table whose rows come now. */
  private record Open(Table table, RangeEncoder encoder) {}

  private DocumentWriter(
      PendingFile pending, BackupHeader header, Optional<BackupKey> key, SigningKey signingKey) {
    this.pending = pending;
    this.header = header;
    this.signingKey = signingKey;
    OutputStream content = new BufferedOutputStream(pending.content(), BUFFER);
    archive = new ArchiveWriter(content, Compression.ZSTD);
    spill = new SealedSpill(pending);
    bench =
        new RangeEncoder.Bench(
            true,
            key.map(with ->
                new RangeEncoder.Sealing(with, new Fingerprint(signingKey.fingerprintKey()))));
    insight =
        Insight.of(
            Profile.NEUTRAL,
            header.kind(),
            header.schema().tables(),
            header.schema().foreignKeys());
  }

  /**
   * Begins a document.
   *
   * @param folder exists
   * @param name of the file in it
   * @param key what sealed values are sealed to; as the header says
   * @throws CofferException {@code TARGET_UNWRITABLE} or {@code TARGET_FULL}
   */
  public static DocumentWriter begin(
      Path folder, String name, BackupHeader header, Optional<BackupKey> key, SigningKey signingKey)
      throws IOException {
    DocumentWriter writer =
        new DocumentWriter(LocalStore.at(folder).create(name), header, key, signingKey);
    writer.archive.header(header);
    return writer;
  }

  /** Opens the next table. */
  public void table(Table table) throws IOException {
    endTable();
    archive.beginTable(table.logicalName());
    totals.put(table.logicalName(), new TableTotal(insight.observe(table)));
    open = Optional.of(new Open(table, new RangeEncoder(table, bench, insight.observe(table))));
  }

  /**
   * Adds a row to the open table.
   *
   * @param copyRow one row in COPY's text format from {@code offset}, ended by a line feed
   * @param closed for each stored column whether its value is sealed and known to nobody; empty
   *     where there is none
   */
  public void row(byte[] copyRow, int offset, boolean[] closed) throws IOException {
    Open to = open.orElseThrow();
    if (to.encoder().add(copyRow, offset, closed)) {
      write(to);
    }
  }

  private void endTable() throws IOException {
    if (open.isPresent()) {
      Open last = open.get();
      if (last.encoder().hasChunk()) {
        write(last);
      }
      TableTotal total = totals.get(last.table().logicalName());
      if (total != null) {
        last.encoder().addTo(total);
      }
    }
  }

  private void write(Open to) throws IOException {
    SealedChunk chunk = to.encoder().take();
    int place = archive.rows(chunk.rows());
    if (chunk.ageFile().length > 0) {
      spill.add(to.table().logicalName(), place, chunk.rows().rows(), chunk.ageFile());
    }
  }

  /**
   * Ends the document.
   *
   * @param sealed what is sealed, and why
   * @return where it lies
   */
  public Path finish(List<BackupInfo.SealedColumn> sealed) throws IOException {
    endTable();
    archive.beginSealed();
    spill.drainTo(archive);
    archive.endSealed();
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    totals.forEach((name, total) -> {
      counts.put(name, total.rows());
      hashes.put(name, total.hash());
    });
    archive.finish(
        new BackupMetadata(
            counts.values().stream().mapToLong(Long::longValue).sum(),
            archive.textBytes(),
            counts,
            Map.of(),
            hashes,
            List.of(),
            List.of(),
            header.schema().notCaptured(),
            sealed,
            Optional.empty(),
            archive.headerBytes(),
            archive.headerSha256(),
            archive.chunks(),
            Optional.empty()),
        signingKey);
    return pending.publish();
  }

  @Override
  public void close() throws IOException {
    bench.close();
    archive.close();
    pending.close();
  }
}
