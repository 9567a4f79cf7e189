package dev.coffer.server.jobs;

import java.time.Duration;
import java.util.Optional;

/**
 * How far running work is, at one moment.
 *
 * @param doing the stage, or the table
 * @param percent from 0 to 99, where it can be told
 * @param bytesPerSecond of the data read
 * @param left an estimate, where it can be told
 */
public record Reading(
    String doing,
    long rows,
    long expectedRows,
    Optional<Integer> percent,
    long bytesPerSecond,
    Optional<Duration> left) {

  static final Reading WAITING =
      new Reading("waiting for other work to end", 0, 0, Optional.empty(), 0, Optional.empty());

  static final Reading STARTING =
      new Reading("starting", 0, 0, Optional.empty(), 0, Optional.empty());

  /** Whether there is something new to tell; an estimate alone is not. */
  boolean tellsMoreThan(Reading before) {
    return rows != before.rows
        || expectedRows != before.expectedRows
        || !doing.equals(before.doing);
  }
}
