package dev.coffer.server.backups;

import dev.coffer.model.BackupInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A backup as programs see it in a list.
 *
 * @param kind {@code comprehensive}, {@code database}, {@code sales}, {@code sql}, {@code unknown}
 * @param state a {@link Standing}'s word
 * @param records in all tables; empty where the file does not say
 * @param verifiedAt when a check of the file as it is now ended
 * @param provenAt when it was restored on trial and matched
 * @param problem why it cannot be relied on
 * @param proofFailure why the last trial failed
 * @param kept whether it is marked never to be deleted
 */
record BackupAnswer(
    @Schema(example = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst") String name,
    @Schema(example = "comprehensive") String kind,
    @Schema(
            allowableValues = {
              "proven",
              "verified",
              "unverified",
              "encrypted",
              "legacy",
              "corrupted"
            })
        String state,
    @Schema(example = "2026-01-25T14:30:45.123Z") Instant timestamp,
    @Schema(example = "4.2.0") String version,
    @Schema(example = "admin") String createdBy,
    @Schema(example = "Before the upgrade") String reason,
    @Schema(example = "8912896") long sizeBytes,
    @Schema(example = "15247") Optional<Long> records,
    @Schema(description = "Records by table", example = "{\"users\": 12, \"sales\": 2329}")
        Map<String, Long> tables,
    @Schema(example = "0") long flaggedRows,
    boolean kept,
    Optional<Instant> verifiedAt,
    Optional<Instant> provenAt,
    Optional<String> problem,
    Optional<String> proofFailure) {

  static BackupAnswer of(Backup backup) {
    BackupInfo info = backup.info();
    return new BackupAnswer(
        backup.name(),
        info.kind(),
        backup.standing().word(),
        info.timestamp(),
        info.version(),
        info.createdBy(),
        info.reason(),
        info.fileSize(),
        info.totalRecords(),
        info.tables(),
        backup.flaggedRows(),
        backup.kept(),
        backup.verification().map(Verification::at),
        info.provenAt(),
        problem(backup),
        backup.proofFailure());
  }

  private static Optional<String> problem(Backup backup) {
    return backup
        .info()
        .problem()
        .or(() ->
            backup
                .verification()
                .filter(found -> !found.sound())
                .map(found -> "a check of it found damage"));
  }
}
