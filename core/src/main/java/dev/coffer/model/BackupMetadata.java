package dev.coffer.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a document says after its rows.
 *
 * @param jsonBytes the document's length up to here
 * @param tables rows by logical name
 * @param communicationSummary values are String, Long, BigDecimal, List or Map, in order
 * @param integrityHashes hexadecimal hash of each table, by logical name
 * @param totals what the profile adds up for the kind {@code sales}; empty otherwise
 * @param indexSha256 hexadecimal hash of how every frame before the metadata's is stored, as the
 *     index lists them; empty where the document was not written in frames, or before 4.2.0
 */
public record BackupMetadata(
    long totalRecords,
    long jsonBytes,
    Map<String, Long> tables,
    Map<String, Object> communicationSummary,
    Map<String, String> integrityHashes,
    List<Relationship> relationships,
    List<BackupInfo.FlaggedRows> flagged,
    List<NotCaptured> excluded,
    List<BackupInfo.SealedColumn> sealedColumns,
    Optional<Map<String, Object>> totals,
    long headerBytes,
    String headerSha256,
    List<ChunkEntry> chunks,
    Optional<String> indexSha256) {

  /** A foreign key by logical names. */
  public record Relationship(
      String from, List<String> columns, String to, List<String> targetColumns, String onDelete) {}

  /** The same, with the hash of an index. */
  public BackupMetadata withIndex(String sha256) {
    return new BackupMetadata(
        totalRecords,
        jsonBytes,
        tables,
        communicationSummary,
        integrityHashes,
        relationships,
        flagged,
        excluded,
        sealedColumns,
        totals,
        headerBytes,
        headerSha256,
        chunks,
        Optional.of(sha256));
  }
}
