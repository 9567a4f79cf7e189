package dev.coffer.server.schedules.work;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.backups.BackupWork;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobRunner;
import dev.coffer.server.jobs.JobState;
import dev.coffer.server.jobs.TooManyJobs;
import dev.coffer.server.schedules.Outlook;
import dev.coffer.server.schedules.Schedule;
import dev.coffer.server.schedules.Schedules;
import dev.coffer.server.web.Words;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes the backup that is due, and lets old ones go after it. */
@Component
class ScheduledRuns {
  private final Schedules schedules;
  private final BackupWork work;
  private final BackupFiles files;
  private final JobRunner runner;
  private final RetentionWork retention;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Words words;

  ScheduledRuns(
      Schedules schedules,
      BackupWork work,
      BackupFiles files,
      JobRunner runner,
      RetentionWork retention,
      AuditTrail audit,
      InstantSource clock,
      Words words) {
    this.schedules = schedules;
    this.work = work;
    this.files = files;
    this.runner = runner;
    this.retention = retention;
    this.audit = audit;
    this.clock = clock;
    this.words = words;
  }

  private record Result(boolean good, String outcome) {}

  /**
   * Makes the backup that was due, and returns when it is over.
   *
   * @return when the schedule is due again; empty when it is paused or was removed
   * @throws CofferException {@code INTERRUPTED} when the server is stopped meanwhile
   */
  Optional<Instant> run(UUID id, Instant due) {
    Optional<Schedule> found = schedules.find(id).filter(schedule -> !schedule.paused());
    if (found.isPresent()) {
      Schedule schedule = found.get();
      Instant begun = clock.instant();
      boolean inTime = !due.plus(Outlook.GRACE).isBefore(begun);
      if (!inTime) {
        missed(schedule, due, begun);
      }
      schedules.next(id, schedule.nextAfter(begun));
      Result result = take(schedule);
      schedules.ran(id, begun, result.good(), inTime, result.outcome());
    }
    // It may have been changed meanwhile; what fell due during the run is done by it.
    Optional<Instant> next =
        schedules.find(id).flatMap(schedule -> schedule.nextAfter(clock.instant()));
    schedules.next(id, next);
    return next;
  }

  private void missed(Schedule schedule, Instant due, Instant now) {
    int count = 1 + schedule.due(due, now);
    schedules.missed(schedule.id(), count, due);
    audit.append(
        actor(schedule),
        Action.SCHEDULE_MISSED,
        schedule.name(),
        "",
        Outcome.FAILED,
        words.count(count, "run") + " did not take place when due, the first at " + due);
  }

  private Result take(Schedule schedule) {
    Actor actor = actor(schedule);
    try {
      Job job = work.take(schedule.kind(), schedule.reason(), actor);
      Job ended = await(job);
      if (!ended.state().over()) {
        return new Result(false, "The server stopped while its backup waited for another to end.");
      }
      if (ended.state() != JobState.DONE) {
        return new Result(false, ended.outcome());
      }
      if (!files.isSound(ended.subject())) {
        return new Result(false, "The check of " + ended.subject() + " found damage.");
      }
      retention.apply(actor);
      return new Result(true, ended.outcome());
    } catch (CofferException | TooManyJobs refused) {
      if (Thread.currentThread().isInterrupted()) {
        throw refused;
      }
      String why =
          refused instanceof CofferException told
              ? told.fact() + ". " + told.hint()
              : String.valueOf(refused.getMessage());
      audit.append(
          actor, Action.BACKUP_CREATED, "", schedule.reason(), Outcome.FAILED, why.strip());
      return new Result(false, why.strip());
    }
  }

  /** How a job ended; why it failed stands in it. */
  private Job await(Job job) {
    try {
      return runner.await(job);
    } catch (CofferException failed) {
      if (failed.code() == ErrorCode.INTERRUPTED && Thread.currentThread().isInterrupted()) {
        throw failed;
      }
      return runner.find(job.id()).orElseThrow();
    }
  }

  private static Actor actor(Schedule schedule) {
    return new Actor("schedule " + schedule.name(), "");
  }
}
