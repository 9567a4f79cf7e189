package dev.coffer.server.schedules.work;

import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.backups.BackupWork;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.schedules.Schedule;
import dev.coffer.server.schedules.Schedules;
import dev.coffer.server.web.Refused;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Adds, changes and removes schedules, and enters them where what is due is looked up. */
@Component
class ScheduleBook {
  private final Schedules schedules;
  private final Timetable timetable;
  private final BackupWork work;
  private final AuditTrail audit;
  private final InstantSource clock;

  ScheduleBook(
      Schedules schedules,
      Timetable timetable,
      BackupWork work,
      AuditTrail audit,
      InstantSource clock) {
    this.schedules = schedules;
    this.timetable = timetable;
    this.work = work;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A schedule.
   *
   * @throws Refused for one that is not there
   */
  Schedule known(UUID id) {
    return schedules.find(id).orElseThrow(() -> Refused.missing("there is no schedule of that id"));
  }

  /**
   * Adds the schedule that a form means.
   *
   * @throws Refused what is wrong with it, as a sentence's beginning
   */
  Schedule add(ScheduleForm form, boolean paused, Actor actor) {
    Schedule schedule = meant(form, UUID.randomUUID(), paused);
    Instant now = clock.instant();
    return saved(schedules.add(schedule, now), schedule, now, Action.SCHEDULE_CREATED, actor);
  }

  /**
   * Changes a schedule to what a form means.
   *
   * @throws Refused what is wrong with it, as a sentence's beginning
   */
  Schedule change(UUID id, ScheduleForm form, boolean paused, Actor actor) {
    known(id);
    Schedule schedule = meant(form, id, paused);
    Instant now = clock.instant();
    return saved(schedules.change(schedule, now), schedule, now, Action.SCHEDULE_CHANGED, actor);
  }

  private static Schedule meant(ScheduleForm form, UUID id, boolean paused) {
    try {
      return form.schedule(id, paused);
    } catch (IllegalArgumentException wrong) {
      throw Refused.invalid(String.valueOf(wrong.getMessage()), "");
    }
  }

  private Schedule saved(
      boolean unique, Schedule schedule, Instant now, Action action, Actor actor) {
    if (!unique) {
      throw new Refused(409, "NAME_TAKEN", "another schedule has that name already", "");
    }
    timetable.enter(schedule.id(), schedule.nextAfter(now));
    audit.done(
        actor,
        action,
        schedule.name(),
        schedule.when() + ", " + schedule.kindWords() + ": " + schedule.reason());
    return known(schedule.id());
  }

  /** Lets a schedule rest, or go on. */
  void pause(UUID id, boolean paused, Actor actor) {
    Schedule known = known(id);
    Schedule schedule = ScheduleForm.of(known).schedule(id, paused);
    Instant now = clock.instant();
    schedules.change(schedule, now);
    timetable.enter(id, schedule.nextAfter(now));
    audit.done(actor, Action.SCHEDULE_CHANGED, known.name(), paused ? "Paused" : "Goes on");
  }

  void remove(UUID id, Actor actor) {
    Schedule known = known(id);
    schedules.remove(id);
    timetable.enter(id, Optional.empty());
    audit.done(actor, Action.SCHEDULE_DELETED, known.name(), "");
  }

  /** Makes the schedule's backup now, in the actor's name; nothing is deleted after it. */
  Job run(UUID id, Actor actor) {
    Schedule known = known(id);
    return work.take(known.kind(), known.reason(), actor);
  }
}
