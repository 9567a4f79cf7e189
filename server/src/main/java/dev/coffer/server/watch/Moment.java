package dev.coffer.server.watch;

import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.Protection;
import dev.coffer.server.backups.Standing;
import dev.coffer.server.jobs.JobKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is so at one moment.
 *
 * @param backups the newest first
 * @param queues how many jobs of each kind wait or run
 */
record Moment(Instant at, List<Backup> backups, Protection protection, Map<JobKind, Long> queues) {

  double newestAge() {
    return age(protection.newest());
  }

  double provenAge() {
    return age(protection.proven().map(Protection.Proven::backup));
  }

  /** Seconds; endless where there is none, so that a rule about too old a backup fires then. */
  private double age(Optional<Backup> backup) {
    return backup
        .map(known -> Duration.between(known.timestamp(), at).toMillis() / 1000.0)
        .orElse(Double.POSITIVE_INFINITY);
  }

  double level() {
    return switch (protection.level()) {
      case SAFE -> 2;
      case PARTLY -> 1;
      case NOT -> 0;
    };
  }

  double stored(Standing standing) {
    return backups.stream().filter(backup -> backup.standing() == standing).count();
  }

  double storedBytes() {
    return backups.stream().mapToLong(backup -> backup.info().fileSize()).sum();
  }

  /** Of the newest of a kind. */
  double newestBytes(String kind) {
    return backups.stream()
        .filter(backup -> backup.info().kind().equals(kind) && !backup.partial())
        .findFirst()
        .map(backup -> (double) backup.info().fileSize())
        .orElse(Double.NaN);
  }

  double freeBytes() {
    return protection.freeBytes().map(Long::doubleValue).orElse(Double.NaN);
  }

  double databaseUp() {
    return protection.databaseProblem().isEmpty() ? 1 : 0;
  }

  double queue(JobKind kind) {
    return queues.getOrDefault(kind, 0L);
  }
}
