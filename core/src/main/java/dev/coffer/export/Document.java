package dev.coffer.export;

import dev.coffer.archive.Pieces;
import dev.coffer.archive.SealedPlaces;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Table;
import dev.coffer.progress.Progress;
import dev.coffer.seal.BackupOpener;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A current backup whose tables are exported, in the document's order. For one thread. */
final class Document implements AutoCloseable {
  private final Source source;
  private final List<Table> tables;
  private final Optional<BackupOpener> opener;
  private final Progress progress;
  private final Map<String, List<Integer>> chunks = new LinkedHashMap<>();
  private final Map<Integer, ChunkEntry> secrets;

  private Document(
      Source source, List<Table> tables, Optional<BackupOpener> opener, Progress progress) {
    this.source = source;
    this.tables = tables;
    this.opener = opener;
    this.progress = progress;
    List<ChunkEntry> entries = source.metadata().chunks();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).sealed()) {
        chunks.computeIfAbsent(entries.get(i).table(), name -> new ArrayList<>()).add(i);
      }
    }
    secrets =
        opener.isPresent() ? SealedPlaces.of(source.header().schema().tables(), entries) : Map.of();
    expect();
  }

  private void expect() {
    long rows = 0;
    long bytes = 0;
    for (Table table : tables) {
      rows += source.metadata().tables().getOrDefault(table.logicalName(), 0L);
      bytes += chunks(table).stream().mapToLong(chunk -> entry(chunk).bytes()).sum();
    }
    progress.expect(tables.size(), rows, bytes);
  }

  static Document open(Path file, Pieces.Form form, ExportOptions options, Progress progress)
      throws IOException {
    progress.stage("reading the header");
    Source source =
        form == Pieces.Form.ENCRYPTED
            ? StreamedSource.open(file, options.identities())
            : IndexedSource.open(file, form);
    try {
      List<Table> tables = selected(source.header().schema().tables(), options.tables(), file);
      return new Document(source, tables, opener(source, tables, options.identities()), progress);
    } catch (RuntimeException failure) {
      source.close();
      throw failure;
    }
  }

  private static List<Table> selected(List<Table> all, List<String> names, Path file) {
    if (names.isEmpty()) {
      return all;
    }
    List<String> known = all.stream().map(Table::logicalName).toList();
    TableNames.require(file, known, names);
    return all.stream().filter(table -> names.contains(table.logicalName())).toList();
  }

  /** Empty where nothing is to be opened, or nobody asks for it. */
  private static Optional<BackupOpener> opener(
      Source source, List<Table> tables, List<Identity> identities) {
    Optional<BackupHeader.Sealing> sealing = source.header().sealing();
    boolean anySealed = tables.stream().anyMatch(table -> !table.sealedColumns().isEmpty());
    if (sealing.isEmpty() || identities.isEmpty() || !anySealed) {
      return Optional.empty();
    }
    byte[] wrapped;
    try {
      wrapped = Base64.getDecoder().decode(sealing.get().wrappedIdentity());
    } catch (IllegalArgumentException malformed) {
      throw Damage.of("the backup's wrapped identity is not base64");
    }
    BackupOpener opener =
        BackupOpener.open(wrapped, identities, sealing.get().key(), sealing.get().recipients());
    if (!opener.key().equals(sealing.get().key())) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          "the backup's wrapped identity belongs to another key than the one it names",
          "Use another copy of the file, or another backup.");
    }
    return Optional.of(opener);
  }

  BackupHeader header() {
    return source.header();
  }

  List<Table> tables() {
    return tables;
  }

  /** Whether rows come with their sealed values opened. */
  boolean opensSecrets() {
    return opener.isPresent();
  }

  Progress progress() {
    return progress;
  }

  private List<Integer> chunks(Table table) {
    return chunks.getOrDefault(table.logicalName(), List.of());
  }

  private ChunkEntry entry(int chunk) {
    return source.metadata().chunks().get(chunk);
  }

  private ChunkEntry secrets(int chunk) {
    ChunkEntry entry = secrets.get(chunk);
    if (entry == null) {
      throw Damage.of("chunk " + chunk + " lacks its sealed values");
    }
    return entry;
  }

  /** Gives all rows of a table; tables are to be asked for in the document's order. */
  void rows(Table table, RowSink sink) throws IOException {
    long expected = source.metadata().tables().getOrDefault(table.logicalName(), 0L);
    progress.table(table.logicalName(), expected);
    boolean sealed = opener.isPresent() && !table.sealedColumns().isEmpty();
    try (ChunkRows rows = new ChunkRows(table, sealed ? opener : Optional.empty(), sink)) {
      long total = 0;
      for (int chunk : chunks(table)) {
        Interrupted.check();
        ChunkEntry entry = entry(chunk);
        if (sealed) {
          rows.secrets(chunk, source.chunk(secrets(chunk)));
        }
        long count = rows.read(entry, source.chunk(entry));
        progress.advanced(table.logicalName(), count, entry.bytes());
        total += count;
      }
      if (total != expected) {
        throw Damage.of(
            "table " + table.logicalName() + " has " + total + " rows, not " + expected);
      }
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
