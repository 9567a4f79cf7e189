package dev.coffer.server.schedules.work;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import dev.coffer.server.schedules.Schedule;
import dev.coffer.server.schedules.Schedules;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells db-scheduler when what is due. It keeps that in the state's database, where one server of
 * several takes what is due.
 */
@Component
class Timetable {
  private final SchedulerClient client;
  private final CustomTask<Void> task;
  private final Schedules schedules;

  Timetable(SchedulerClient client, CustomTask<Void> task, Schedules schedules) {
    this.client = client;
    this.task = task;
    this.schedules = schedules;
  }

  /** A server that was killed between two statements may have left one out. */
  @EventListener(ApplicationReadyEvent.class)
  void complete() {
    for (Schedule schedule : schedules.all()) {
      schedule
          .standing()
          .next()
          .ifPresent(next -> client.scheduleIfNotExists(instance(schedule.id()), next));
    }
  }

  /** Enters, moves or removes a schedule; one that runs now does so itself when it is over. */
  void enter(UUID id, Optional<Instant> next) {
    TaskInstanceId known = TaskInstanceId.of(task.getTaskName(), id.toString());
    try {
      if (next.isEmpty()) {
        client.cancel(known);
      } else if (!client.scheduleIfNotExists(instance(id), next.get())) {
        client.reschedule(known, next.get());
      }
    } catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException runsOrIsGone) {
      return;
    }
  }

  private com.github.kagkarlsson.scheduler.task.TaskInstance<Void> instance(UUID id) {
    return task.instance(id.toString());
  }
}
