package dev.coffer.server.comparisons;

import dev.coffer.server.jobs.JobState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A comparison as programs see it.
 *
 * @param with what the backup is compared with
 * @param state of the job that does it
 * @param outcome for people, once it is over
 * @param summary what differs, in a line; empty until it is done
 * @param changesUntil until when the records can be asked for at most; null where they cannot
 * @param result what was found; null until it is done
 */
record ComparisonAnswer(
    UUID id,
    Optional<UUID> job,
    JobState state,
    String outcome,
    @Schema(example = "comprehensive-backup-2026-01-23T02-00-04-512Z.json.zst") String backup,
    ComparedWith with,
    String createdBy,
    Instant createdAt,
    @Schema(example = "14 customers deleted, 3 bank details changed, 212 SMS added") String summary,
    Optional<Instant> changesUntil,
    Optional<Report> result) {

  /** Another backup, or the live database. */
  record ComparedWith(Optional<String> backup, boolean live) {}

  static ComparisonAnswer of(ComparisonView view) {
    Comparing comparing = view.comparing();
    Wanted wanted = comparing.wanted();
    JobState known = view.job().map(job -> job.state()).orElse(JobState.FAILED);
    return new ComparisonAnswer(
        comparing.id(),
        comparing.job(),
        view.done() ? JobState.DONE : known,
        view.done() || view.moving() ? "" : view.problem(),
        wanted.backup(),
        new ComparedWith(wanted.other(), wanted.live()),
        comparing.actor(),
        comparing.createdAt(),
        view.summary(),
        view.heldUntil(),
        comparing.report());
  }
}
