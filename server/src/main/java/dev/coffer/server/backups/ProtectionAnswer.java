package dev.coffer.server.backups;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to 'am I protected?', as programs see it.
 *
 * @param newest the newest backup that holds everything and can be used
 * @param proven the newest one that was restored on trial
 * @param notProven what that trial could not show
 * @param next the schedule that is due next
 * @param freeBytes in the backups' folder; empty where it cannot be told
 * @param databaseProblem why the protected database cannot be used now
 * @param attention what somebody should look at, the gravest first
 */
record ProtectionAnswer(
    @Schema(allowableValues = {"green", "yellow", "red"}) String level,
    @Schema(example = "Protected") String headline,
    @Schema(example = "The last backup was restored on trial, and every record matched.")
        String explanation,
    Optional<Known> newest,
    Optional<Known> proven,
    List<String> notProven,
    Optional<Next> next,
    @Schema(example = "107374182400") Optional<Long> freeBytes,
    Optional<String> databaseProblem,
    List<String> attention) {

  /** A backup, and its age. */
  record Known(
      @Schema(example = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst") String name,
      Instant timestamp,
      @Schema(example = "proven") String state,
      @Schema(example = "3600") long ageSeconds) {
    private static Known of(Backup backup, Instant now) {
      return new Known(
          backup.name(),
          backup.timestamp(),
          backup.standing().word(),
          Duration.between(backup.timestamp(), now).toSeconds());
    }
  }

  /** A run that is due. */
  record Next(@Schema(example = "Every night") String schedule, Instant at) {}

  static ProtectionAnswer of(Protection protection, Instant now) {
    return new ProtectionAnswer(
        protection.level().colour(),
        protection.headline(),
        protection.explanation(),
        protection.newest().map(backup -> Known.of(backup, now)),
        protection.proven().map(proven -> Known.of(proven.backup(), now)),
        protection.proven().map(Protection.Proven::notProven).orElse(List.of()),
        protection.next().map(next -> new Next(next.schedule(), next.at())),
        protection.freeBytes(),
        protection.databaseProblem(),
        protection.attention());
  }
}
