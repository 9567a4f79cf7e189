package dev.coffer.server.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * One thread that does jobs of one kind: a scheduler of db-scheduler's, which takes a job only when
 * that thread is free. It starts when there is something to do for the first time.
 */
final class Lane {
  static final String TABLE = "job_queue";

  /** Who enters a job says so at once; this is for the case that it was not heard. */
  private static final Duration POLLING = Duration.ofSeconds(60);

  private static final Duration HEARTBEAT = Duration.ofSeconds(20);
  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private boolean started;
  private boolean stopped;

  /**
   * A lane.
   *
   * @param tasks what it does and nobody else's: for all servers, and for this one
   */
  Lane(
      JobKind kind,
      DataSource state,
      String server,
      List<CustomTask<Void>> tasks,
      ScheduledExecutorService housekeeper) {
    scheduler =
        Scheduler.create(state, List.copyOf(tasks))
            .tableName(TABLE)
            .jdbcCustomization(new OwnTasks(tasks.stream().map(CustomTask::getTaskName).toList()))
            .schedulerName(new SchedulerName.Fixed(server))
            .threads(1)
            .executorService(
                Executors.newSingleThreadExecutor(Thread.ofPlatform().name(kind.name()).factory()))
            .dueExecutor(
                Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name(kind.name() + " queue").factory()))
            .housekeeperExecutor(housekeeper)
            .pollingInterval(POLLING)
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            // A task of another lane, or of another server, is none that nobody knows.
            .deleteUnresolvedAfter(Duration.ofDays(36_500))
            .shutdownMaxWait(PATIENCE)
            .build();
  }

  /** Looks for a job now. */
  synchronized void wake() {
    if (stopped) {
      return;
    }
    if (started) {
      scheduler.triggerCheckForDueExecutions();
    } else {
      started = true;
      scheduler.start();
    }
  }

  boolean isFree() {
    return scheduler.getCurrentlyExecuting().isEmpty();
  }

  /** Takes no more, and waits until what runs is over, for a while. */
  synchronized void stop() {
    stopped = true;
    if (started) {
      scheduler.stop();
    }
  }

  /** Other tasks in the same table would fill what is fetched. */
  private static final class OwnTasks extends DefaultJdbcCustomization {
    private final String condition;

    OwnTasks(List<String> names) {
      super(false);
      condition = names.stream().collect(Collectors.joining("', '", " and task_name in ('", "') "));
    }

    @Override
    public String createSelectDueQuery(
        String tableName, int limit, String andCondition, boolean orderByPriority) {
      return super.createSelectDueQuery(
          tableName, limit, andCondition + condition, orderByPriority);
    }
  }
}
