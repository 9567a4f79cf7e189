package dev.coffer.verify;

import dev.coffer.archive.Part;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.TableHash;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Finding;
import dev.coffer.model.Finding.Code;
import dev.coffer.model.Table;
import dev.coffer.progress.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Adds up what chunks hold and compares it with what the metadata says. For one thread. */
final class Tally {
  private final Consumer<Finding> findings;
  private final Progress progress;
  private final List<ChunkEntry> chunks = new ArrayList<>();
  private final Map<Integer, ChunkCheck> secrets = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final Map<String, TableHash> hashes = new HashMap<>();
  private int lastSecrets = -1;
  private long rows;
  private long bytes;

  Tally(Consumer<Finding> findings, Progress progress) {
    this.findings = findings;
    this.progress = progress;
  }

  void add(ChunkCheck check) {
    check.finding().ifPresent(findings);
    chunks.add(
        new ChunkEntry(
            check.table(),
            check.sealed(),
            check.at(),
            check.bytes(),
            check.rows(),
            check.sha256()));
    bytes += check.bytes();
    if (check.sealed()) {
      int place = check.rowsChunk();
      if (place <= lastSecrets) {
        error(
            Code.SEALED_DAMAGED,
            "chunk " + place,
            "its sealed values stand twice, or not in the order of the rows");
      }
      lastSecrets = place;
      secrets.put(place, check);
    } else {
      rows += check.rows();
      counts.merge(check.table(), check.rows(), Long::sum);
      hashes.computeIfAbsent(check.table(), name -> new TableHash()).add(check.hash());
      progress.advanced(check.table(), check.rows(), check.bytes());
    }
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  void compare(Part.Header header, Part.Metadata last) {
    BackupMetadata metadata = last.metadata();
    if (metadata.jsonBytes() != last.at()) {
      error(Code.COUNT_DIFFERS, "the metadata", "jsonBytes is not the length up to the metadata");
    }
    if (metadata.headerBytes() != header.bytes()
        || !metadata.headerSha256().equals(Sha256.hex(header.sha256()))) {
      error(Code.HEADER_DAMAGED, "the header", "its hash differs from the metadata's");
    }
    compareChunks(metadata.chunks());
    List<Table> tables = header.header().schema().tables();
    compareTables(tables, metadata);
    compareSealed(tables);
  }

  private void compareChunks(List<ChunkEntry> listed) {
    int both = Math.min(listed.size(), chunks.size());
    for (int i = 0; i < both; i++) {
      ChunkEntry said = listed.get(i);
      ChunkEntry found = chunks.get(i);
      if (!said.equals(found)) {
        boolean onlyHash = said.rows() == found.rows() && said.bytes() == found.bytes();
        error(
            Code.CHUNK_HASH_DIFFERS,
            "table " + found.table() + ", chunk " + i + ", byte " + found.at(),
            onlyHash
                ? "its content differs from the hash in the metadata"
                : "it is not the chunk that the metadata lists here");
      }
    }
    if (listed.size() > chunks.size()) {
      String place = "chunk " + both + ", table " + listed.get(both).table();
      error(Code.CHUNK_MISSING, place, "the metadata lists more chunks than there are");
    } else if (chunks.size() > listed.size()) {
      String place = "chunk " + both + ", table " + chunks.get(both).table();
      error(Code.CHUNK_ADDED, place, "there are more chunks than the metadata lists");
    }
  }

  private void compareTables(List<Table> tables, BackupMetadata metadata) {
    Set<String> names = new HashSet<>();
    for (Table table : tables) {
      String name = table.logicalName();
      names.add(name);
      String place = "table " + name;
      long count = counts.getOrDefault(name, 0L);
      if (metadata.tables().getOrDefault(name, -1L) != count) {
        error(Code.COUNT_DIFFERS, place, "it has " + count + " rows; the metadata says otherwise");
      }
      String hash = hashes.getOrDefault(name, new TableHash()).hex();
      if (!hash.equals(metadata.integrityHashes().get(name))) {
        error(Code.TABLE_HASH_DIFFERS, place, "its rows differ from the hash in the metadata");
      }
    }
    if (!metadata.tables().keySet().equals(names)
        || !metadata.integrityHashes().keySet().equals(names)) {
      error(Code.COUNT_DIFFERS, "the metadata", "it lists other tables than the schema");
    }
    if (metadata.totalRecords() != rows) {
      error(Code.COUNT_DIFFERS, "the metadata", "totalRecords is not the sum of the tables' rows");
    }
  }

  private void compareSealed(List<Table> tables) {
    Set<String> sealedTables = new HashSet<>();
    tables.stream()
        .filter(table -> !table.sealedColumns().isEmpty())
        .forEach(table -> sealedTables.add(table.logicalName()));
    for (int i = 0; i < chunks.size(); i++) {
      ChunkEntry chunk = chunks.get(i);
      boolean wanted = !chunk.sealed() && sealedTables.contains(chunk.table());
      ChunkCheck found = secrets.remove(i);
      boolean fits =
          found != null
              && found.secretRows() == chunk.rows()
              && found.table().equals(chunk.table());
      if (wanted ? !fits : found != null) {
        error(
            Code.SEALED_DAMAGED,
            "table " + chunk.table() + ", chunk " + i,
            "its sealed values are missing or belong elsewhere");
      }
    }
    if (!secrets.isEmpty()) {
      error(Code.SEALED_DAMAGED, "the sealed values", "some belong to no chunk");
    }
  }

  private void error(Code code, String place, String meaning) {
    findings.accept(Finding.error(code, place, meaning));
  }
}
