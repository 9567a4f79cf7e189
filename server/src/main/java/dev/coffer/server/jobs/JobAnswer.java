package dev.coffer.server.jobs;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;

/**
 * A job as programs see it.
 *
 * @param subject the file it is about, or the comparison, or the restore; of a new backup, once
 *     there is one
 * @param reason why, in the words of whoever asked
 * @param outcome for people, once it is over
 * @param progress while a server works on it
 */
public record JobAnswer(
    UUID id,
    JobKind kind,
    JobState state,
    String subject,
    String reason,
    String createdBy,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    String outcome,
    Optional<Progress> progress) {

  /**
   * How far it is.
   *
   * @param percent from 0 to 99, where it can be told
   * @param secondsLeft an estimate, where it can be told
   */
  public record Progress(
      String doing,
      long rows,
      long expectedRows,
      Optional<Integer> percent,
      long bytesPerSecond,
      Optional<Long> secondsLeft) {
    static Progress of(Reading reading) {
      return new Progress(
          reading.doing(),
          reading.rows(),
          reading.expectedRows(),
          reading.percent(),
          reading.bytesPerSecond(),
          reading.left().map(Duration::toSeconds));
    }
  }

  public static JobAnswer of(Job job, Optional<Reading> reading) {
    return new JobAnswer(
        job.id(),
        job.kind(),
        job.state(),
        job.subject(),
        job.reason(),
        job.actor().name(),
        job.createdAt(),
        job.startedAt(),
        job.endedAt(),
        job.outcome(),
        reading.map(Progress::of));
  }

  /** Work is taken on: 202, and where to follow it (RFC 9110, "202 Accepted"). */
  public static ResponseEntity<JobAnswer> accepted(Job job) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/jobs/" + job.id()))
        .body(of(job, Optional.empty()));
  }
}
