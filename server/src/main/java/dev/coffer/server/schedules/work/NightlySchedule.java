package dev.coffer.server.schedules.work;

import dev.coffer.model.BackupKind;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.schedules.Cron;
import dev.coffer.server.schedules.Schedule;
import dev.coffer.server.schedules.Schedules;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** A schedule to begin with: everything, every night at two. */
@Component
public class NightlySchedule {
  private final Schedules schedules;
  private final Timetable timetable;
  private final AuditTrail audit;
  private final InstantSource clock;

  NightlySchedule(Schedules schedules, Timetable timetable, AuditTrail audit, InstantSource clock) {
    this.schedules = schedules;
    this.timetable = timetable;
    this.audit = audit;
    this.clock = clock;
  }

  /** Adds it, unless another has its name. */
  public void add(Actor actor) {
    Schedule schedule =
        new Schedule(
            UUID.randomUUID(),
            "Nightly",
            Cron.parse("0 2 * * *"),
            ZoneId.of(ScheduleForm.ownZone()),
            BackupKind.COMPREHENSIVE,
            "Nightly backup",
            false,
            Schedule.Standing.NEW);
    Instant now = clock.instant();
    if (schedules.add(schedule, now)) {
      timetable.enter(schedule.id(), schedule.nextAfter(now));
      audit.done(actor, Action.SCHEDULE_CREATED, schedule.name(), schedule.when());
    }
  }
}
