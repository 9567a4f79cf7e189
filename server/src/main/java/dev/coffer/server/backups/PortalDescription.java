package dev.coffer.server.backups;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the answers to the portal's calls hold, for the interface's description alone: the answers
 * themselves share their form with the command line.
 */
final class PortalDescription {
  private PortalDescription() {}

  /** A backup that was made. */
  record Created(
      boolean success,
      @Schema(example = "The backup was taken.") String message,
      @Schema(example = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst")
          String backupFileName,
      @Schema(example = "/srv/coffer/backups/comprehensive/…") String backupPath,
      @Schema(example = "8.50MB") String fileSize,
      @Schema(example = "15247") long totalRecords,
      @Schema(example = "{\"totalSMS\": 432, \"smsSuccessRate\": 94.2}")
          Map<String, Object> communicationSummary,
      @Schema(example = "{\"users\": 12, \"sales\": 2329}") Map<String, Long> tables,
      Instant timestamp) {}

  /** A script that was made. */
  record Script(
      boolean success,
      String message,
      @Schema(example = "manual-backup-2026-01-25T14-30-45-123Z.sql") String backupFileName,
      @Schema(example = "/srv/coffer/backups/manual-backup-…") String backupPath,
      @Schema(example = "8.50MB") String fileSize,
      Instant timestamp) {}

  /** A list of backups. */
  record Listing(boolean success, @Schema(example = "1") int count, List<Entry> backups) {}

  /** One of a list. */
  record Entry(
      @Schema(example = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst") String filename,
      Instant timestamp,
      @Schema(example = "8.50MB") String size,
      @Schema(example = "{\"users\": 12, \"sales\": 2329}") Map<String, Long> tables,
      Map<String, Object> communicationSummary,
      @Schema(example = "admin") String createdBy,
      @Schema(example = "Before major update") String reason,
      @Schema(example = "comprehensive") String kind,
      @Schema(example = "proven") String state,
      boolean kept) {}
}
