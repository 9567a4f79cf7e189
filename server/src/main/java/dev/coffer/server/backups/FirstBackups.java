package dev.coffer.server.backups;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Backups that are there before anybody signs in. */
@Component
public class FirstBackups {
  private static final long PAUSE_MILLIS = 20;

  private final BackupWork work;
  private final JobRunner runner;

  FirstBackups(BackupWork work, JobRunner runner) {
    this.work = work;
    this.runner = runner;
  }

  /**
   * Takes a backup and returns when it has been restored on trial.
   *
   * @throws CofferException why there is none; {@code INTERRUPTED}
   */
  public void take(String reason, Actor actor) {
    Job taken = runner.await(work.take(BackupKind.COMPREHENSIVE, reason, actor));
    try {
      while (runner.underWay(JobKind.PROOF, taken.subject())) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CofferException(ErrorCode.INTERRUPTED, "interrupted; the backup stands", "");
    }
  }
}
