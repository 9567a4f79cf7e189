package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.JobState;
import dev.coffer.server.jobs.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** The jobs that a page shows: those under way, and those that have just ended. */
@Component
class WorkInView {
  private static final int MOST = 10;
  private static final int MOST_ENDED = 2;
  private static final Duration SHOWN_AFTER = Duration.ofSeconds(90);
  private static final Duration JUST = Duration.ofSeconds(4);

  private final JobRunner runner;
  private final BackupFiles files;
  private final InstantSource clock;

  WorkInView(JobRunner runner, BackupFiles files, InstantSource clock) {
    this.runner = runner;
    this.files = files;
    this.clock = clock;
  }

  /**
   * A job and how far it is.
   *
   * @param backup the name of the backup that it made or looked at; empty where there is none
   */
  public record Item(Job job, Optional<Reading> reading, Optional<String> backup) {}

  /**
   * What to show.
   *
   * @param about the backup whose page it is; empty for all
   * @param moving whether anything is under way
   * @param changed whether something has ended just now, so that lists are to be read again
   */
  public record View(String about, List<Item> items, boolean moving, boolean changed) {
    public View {
      items = List.copyOf(items);
    }
  }

  /** Of all jobs. */
  View everything() {
    return view("", job -> true);
  }

  /** Of those under way, and of the others those about one backup. */
  View about(String name) {
    return view(name, job -> !job.state().over() || job.subject().equals(name));
  }

  private View view(String about, Predicate<Job> wanted) {
    Instant now = clock.instant();
    List<Job> jobs =
        runner.recent(MOST).stream()
            .filter(wanted)
            .filter(job -> !endedBefore(job, now.minus(SHOWN_AFTER)))
            .toList();
    Instant ended = lastToShow(jobs);
    return new View(
        about,
        jobs.stream()
            .filter(job -> !endedBefore(job, ended))
            .map(job -> new Item(job, runner.reading(job.id()), backup(job)))
            .toList(),
        jobs.stream().anyMatch(job -> !job.state().over()),
        jobs.stream().anyMatch(job -> job.state().over() && !endedBefore(job, now.minus(JUST))));
  }

  private Optional<String> backup(Job job) {
    if (job.state() != JobState.DONE
        || job.kind() == JobKind.COMPARISON
        || job.kind() == JobKind.RESTORE) {
      return Optional.empty();
    }
    try {
      return Optional.of(files.now(job.subject()));
    } catch (CofferException unreadable) {
      return Optional.of(job.subject());
    }
  }

  /** When the last one ended that is shown: much that is done is not to hide the list below. */
  private static Instant lastToShow(List<Job> jobs) {
    return jobs.stream()
        .flatMap(job -> job.endedAt().stream())
        .sorted(Comparator.reverseOrder())
        .skip(MOST_ENDED - 1)
        .findFirst()
        .orElse(Instant.MIN);
  }

  private static boolean endedBefore(Job job, Instant limit) {
    return job.state().over() && job.endedAt().map(ended -> ended.isBefore(limit)).orElse(true);
  }
}
