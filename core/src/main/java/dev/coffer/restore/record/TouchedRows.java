package dev.coffer.restore.record;

import dev.coffer.archive.ArchiveWriter;
import dev.coffer.archive.BackupFile;
import dev.coffer.archive.Compression;
import dev.coffer.bytes.ByteSink;
import dev.coffer.chunk.Chunk;
import dev.coffer.chunk.ChunkBuilder;
import dev.coffer.chunk.Frames;
import dev.coffer.chunk.TableHash;
import dev.coffer.compare.Row;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.Column;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.NotCaptured;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.seal.BackupKey;
import dev.coffer.seal.KeyHome;
import dev.coffer.store.LocalStore;
import dev.coffer.store.PendingFile;
import dev.coffer.store.StoreFailures;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the safety backup of a restore that touches few rows: a document in the current form that
 * holds these rows' present state and nothing else, and says so.
 */
public final class TouchedRows {
  /** The reason that such a backup gives: by it others know that it does not hold whole tables. */
  public static final String REASON =
      "Before a restore of single records: holds only the rows that it touches";

  private static final int KEEP = 1 << 20;

  private final Source source;
  private final KeyHome keys;
  private final List<Table> tables;
  private final Map<QualifiedName, List<Row>> rows;

  /**
   * Where the rows come from.
   *
   * @param foreignKeys of the database
   * @param profile its name
   */
  public record Source(
      SharedSnapshot.Description database,
      List<ForeignKey> foreignKeys,
      String profile,
      String createdBy,
      String cofferVersion) {
    public Source {
      foreignKeys = List.copyOf(foreignKeys);
    }
  }

  private TouchedRows(Source source, KeyHome keys, Map<Table, List<Row>> rows) {
    this.source = source;
    this.keys = keys;
    tables = List.copyOf(rows.keySet());
    this.rows = new HashMap<>();
    rows.forEach((table, ofTable) -> this.rows.put(table.name(), List.copyOf(ofTable)));
  }

  /**
   * Writes the file, {@code database/database-backup-…-SAFETY.json.zst}, and publishes it.
   *
   * @param root the folder of all backups
   * @param keys whose recipients the secrets are sealed to, and whose key signs
   * @param rows live rows as {@link Records} gives them, with open secrets, by their live table. A
   *     table of which nothing is touched yet, because its rows are inserted, may have no rows: the
   *     document then says that there was none
   * @return the file
   * @throws dev.coffer.error.CofferException {@code TARGET_MISSING}, {@code TARGET_UNWRITABLE},
   *     {@code TARGET_FULL} or {@code TARGET_EXISTS}
   */
  public static Path write(Path root, KeyHome keys, Source source, Map<Table, List<Row>> rows) {
    return new TouchedRows(source, keys, rows).write(root);
  }

  private Path write(Path root) {
    String name =
        BackupFile.name(
            BackupKind.DATABASE, source.database().timestamp(), true, Compression.ZSTD, false);
    try (PendingFile pending = LocalStore.at(root).create(name)) {
      try (OutputStream content = new BufferedOutputStream(pending.content(), 1 << 16);
          ArchiveWriter archive = new ArchiveWriter(content, Compression.ZSTD);
          Frames frames = new Frames()) {
        write(archive, frames);
      }
      return pending.publish();
    } catch (IOException failure) {
      throw StoreFailures.translate(failure, root.resolve(name));
    }
  }

  private void write(ArchiveWriter archive, Frames frames) throws IOException {
    boolean seals = tables.stream().anyMatch(table -> !table.sealedColumns().isEmpty());
    Optional<BackupKey> key =
        seals ? Optional.of(BackupKey.create(keys.recipients())) : Optional.empty();
    archive.header(header(key));
    Map<String, Long> counts = new LinkedHashMap<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    List<SealedRows> sealed = new ArrayList<>();
    ChunkBuilder builder = new ChunkBuilder(frames, true);
    for (Table table : tables) {
      archive.beginTable(table.logicalName());
      TableHash hash = new TableHash();
      builder.begin(hash);
      TableWriter writer = new TableWriter(table, archive, builder, frames, key, sealed);
      for (Row row : rowsOf(table)) {
        writer.add(row);
      }
      writer.finish();
      counts.put(table.logicalName(), (long) rowsOf(table).size());
      hashes.put(table.logicalName(), hash.hex());
    }
    archive.beginSealed();
    for (SealedRows each : sealed) {
      archive.sealed(each.table(), each.chunk(), each.rows(), each.ageFile());
    }
    archive.endSealed();
    archive.finish(metadata(archive, counts, hashes), keys.signingKey());
  }

  private List<Row> rowsOf(Table table) {
    return Objects.requireNonNullElse(rows.get(table.name()), List.of());
  }

  @SuppressWarnings("ArrayRecordComponent") // copied nowhere, compared nowhere
  private record SealedRows(String table, int chunk, long rows, byte[] ageFile) {}

  /** Writes one table's rows in chunks. */
  private record TableWriter(
      Table table,
      ArchiveWriter archive,
      ChunkBuilder builder,
      Frames frames,
      Optional<BackupKey> key,
      List<SealedRows> sealed,
      ByteSink secrets) {

    TableWriter(
        Table table,
        ArchiveWriter archive,
        ChunkBuilder builder,
        Frames frames,
        Optional<BackupKey> key,
        List<SealedRows> sealed) {
      this(table, archive, builder, frames, key, sealed, new ByteSink(256));
    }

    void add(Row row) throws IOException {
      builder.beginLine();
      builder.text().put(row.line());
      if (!table.sealedColumns().isEmpty()) {
        secrets.put(row.secrets());
        secrets.put('\n');
      }
      if (builder.endLine()) {
        finish();
      }
    }

    void finish() throws IOException {
      if (builder.isEmpty()) {
        return;
      }
      Chunk chunk = builder.finish();
      int place = archive.rows(chunk);
      if (key.isPresent() && !table.sealedColumns().isEmpty()) {
        byte[] frame = frames.compress(secrets.array(), 0, secrets.length());
        byte[] ageFile = key.get().seal(frame, 0, frame.length);
        sealed.add(new SealedRows(table.logicalName(), place, chunk.rows(), ageFile));
        secrets.clear(KEEP);
      }
    }
  }

  private BackupHeader header(Optional<BackupKey> key) {
    SharedSnapshot.Description database = source.database();
    return new BackupHeader(
        database.timestamp(),
        BackupKind.DATABASE,
        source.createdBy(),
        REASON,
        new BackupHeader.Source(
            "PostgreSQL " + database.version().text(),
            database.version().number(),
            database.database(),
            database.encoding(),
            database.id(),
            source.cofferVersion(),
            source.profile(),
            database.standby(),
            database.origin()),
        key.map(with ->
            new BackupHeader.Sealing(
                with.recipients(),
                with.key(),
                Base64.getEncoder().encodeToString(with.wrappedIdentity()))),
        new DatabaseSchema(tables, foreignKeys(), List.of(), List.of(), notCaptured()));
  }

  private List<ForeignKey> foreignKeys() {
    return source.foreignKeys().stream()
        .filter(key -> tables.stream().anyMatch(table -> table.isPartOf(key.from())))
        .filter(key -> tables.stream().anyMatch(table -> table.isPartOf(key.to())))
        .toList();
  }

  private static List<NotCaptured> notCaptured() {
    return List.of(
        new NotCaptured(
            "DATABASE",
            "all other rows, tables and the structure",
            "this file holds only the rows that a restore of single records touches"));
  }

  private BackupMetadata metadata(
      ArchiveWriter archive, Map<String, Long> counts, Map<String, String> hashes) {
    List<BackupInfo.SealedColumn> sealedColumns = new ArrayList<>();
    for (Table table : tables) {
      for (Column column : table.sealedColumns()) {
        sealedColumns.add(
            new BackupInfo.SealedColumn(
                table.logicalName(), column.name(), "sealed in the backup"));
      }
    }
    return new BackupMetadata(
        counts.values().stream().mapToLong(Long::longValue).sum(),
        archive.textBytes(),
        counts,
        Map.of(),
        hashes,
        relationships(),
        List.of(),
        notCaptured(),
        sealedColumns,
        Optional.empty(),
        archive.headerBytes(),
        archive.headerSha256(),
        archive.chunks(),
        Optional.empty());
  }

  private List<BackupMetadata.Relationship> relationships() {
    Map<QualifiedName, String> names = new HashMap<>();
    tables.forEach(table -> names.put(table.name(), table.logicalName()));
    Set<QualifiedName> known = new HashSet<>(names.keySet());
    return foreignKeys().stream()
        .filter(key -> known.contains(key.from()) && known.contains(key.to()))
        .map(key ->
            new BackupMetadata.Relationship(
                names.getOrDefault(key.from(), ""),
                key.columns(),
                names.getOrDefault(key.to(), ""),
                key.targetColumns(),
                key.onDelete()))
        .toList();
  }
}
