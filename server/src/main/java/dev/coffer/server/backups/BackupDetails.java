package dev.coffer.server.backups;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.NotCaptured;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All about one backup, as programs see it.
 *
 * @param communicationSummary messages and documents, counted; empty where the file has none
 * @param flagged records that look fake or wrong, by rule
 * @param sealedColumns whose values are locked
 * @param excluded what was left out, and why
 * @param signed whether its signature fits what it says; whose it is, a check tells
 * @param hashes of each table; empty where the file cannot be read here
 * @param recipients whose keys open the locked values
 * @param serverVersion of the PostgreSQL it was taken from
 * @param verification what the last check of the file as it is now found
 * @param notProven what the trial could not show
 * @param proofProblem why the proof beside the file does not count
 */
record BackupDetails(
    @JsonUnwrapped BackupAnswer backup,
    @Schema(example = "{\"totalSMS\": 432, \"smsSuccessRate\": 94.2}")
        Map<String, Object> communicationSummary,
    List<Flagged> flagged,
    List<Sealed> sealedColumns,
    List<Excluded> excluded,
    boolean signed,
    @Schema(description = "SHA-256 by table", example = "{\"users\": \"9f86d081…\"}")
        Map<String, String> hashes,
    List<String> recipients,
    @Schema(example = "180006", description = "As server_version_num")
        Optional<Integer> serverVersion,
    @Schema(example = "portal") Optional<String> database,
    Optional<Checked> verification,
    List<String> notProven,
    Optional<String> proofProblem) {

  /**
   * Records that a rule flagged.
   *
   * @param ids of them, at most 100
   */
  record Flagged(
      @Schema(example = "repeated-digits") String rule,
      @Schema(example = "sales") String table,
      @Schema(example = "phoneNumber") String column,
      @Schema(example = "2") long rows,
      List<String> ids) {
    private static Flagged of(BackupInfo.FlaggedRows rows) {
      return new Flagged(rows.rule(), rows.table(), rows.column(), rows.rows(), rows.ids());
    }
  }

  /** A column whose values are locked, and why. */
  record Sealed(
      @Schema(example = "users") String table,
      @Schema(example = "password") String column,
      @Schema(example = "named by the profile") String reason) {
    private static Sealed of(BackupInfo.SealedColumn column) {
      return new Sealed(column.table(), column.column(), column.reason());
    }
  }

  /** What the backup does not hold, and why. */
  record Excluded(
      @Schema(example = "role") String kind,
      @Schema(example = "portal") String name,
      String reason) {
    private static Excluded of(NotCaptured missing) {
      return new Excluded(missing.kind(), missing.name(), missing.reason());
    }
  }

  /** What a check found. */
  record Checked(Instant at, String by, boolean sound, List<String> findings) {
    private static Checked of(Verification found) {
      return new Checked(found.at(), found.actor(), found.sound(), found.findings());
    }
  }

  static BackupDetails of(Backup backup, List<String> notProven) {
    BackupInfo info = backup.info();
    Optional<Evidence> evidence =
        backup.readable() ? Optional.of(Evidence.of(backup)) : Optional.empty();
    Optional<BackupHeader.Source> source = evidence.flatMap(Evidence::source);
    return new BackupDetails(
        BackupAnswer.of(backup),
        info.communicationSummary(),
        info.flagged().stream().map(Flagged::of).toList(),
        info.sealedColumns().stream().map(Sealed::of).toList(),
        info.excluded().stream().map(Excluded::of).toList(),
        evidence.map(Evidence::signed).orElse(false),
        evidence.map(Evidence::hashes).orElse(Map.of()),
        evidence.map(Evidence::recipients).orElse(List.of()),
        source.map(BackupHeader.Source::serverVersion),
        source.map(BackupHeader.Source::database),
        backup.verification().map(Checked::of),
        notProven,
        info.proofProblem());
  }
}
