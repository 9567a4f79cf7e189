package dev.coffer.server.backups;

import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import java.util.List;
import org.springframework.stereotype.Component;

/** The backups that are being made, and those that came to nothing. */
@Component
class Attempts {
  private final JobRunner runner;

  Attempts(JobRunner runner) {
    this.runner = runner;
  }

  /** The newest first. */
  List<Attempt> all() {
    return runner.openOrFailed(JobKind.BACKUP).stream()
        .map(job -> new Attempt(job, runner.reading(job.id())))
        .toList();
  }
}
