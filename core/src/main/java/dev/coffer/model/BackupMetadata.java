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
    List<ChunkEntry> chunks) {

  /** A foreign key by logical names. */
  public record Relationship(
      String from, List<String> columns, String to, List<String> targetColumns, String onDelete) {}
}
