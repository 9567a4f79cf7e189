package dev.coffer.server.jobs;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * The queue of the jobs that wait, which all servers share, and this server's lanes: one for each
 * kind. An execution in the queue is no more than a turn; whether a job is still to be done, and by
 * whom, its row says.
 */
@Component
class Lanes {
  private static final Duration LATER = Duration.ofSeconds(1);

  private final DataSource state;
  private final JdbcClient table;
  private final SchedulerClient client;
  private final Map<JobKind, Lane> lanes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService housekeeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lanes").factory());

  Lanes(DataSource state) {
    this.state = state;
    table = JdbcClient.create(state);
    client =
        SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(state))
            .tableName(Lane.TABLE)
            .jdbcCustomization(new DefaultJdbcCustomization(false))
            .build();
  }

  /**
   * Builds the lanes of a server.
   *
   * @param take does a job; false where its turn is to come again later
   */
  void build(String server, Predicate<UUID> take) {
    for (JobKind kind : JobKind.values()) {
      List<CustomTask<Void>> tasks =
          List.of(task(name(kind, ""), take), task(name(kind, server), take));
      lanes.put(kind, new Lane(kind, state, server, tasks, housekeeper));
    }
  }

  private static String name(JobKind kind, String server) {
    return server.isEmpty() ? kind.name() : kind.name() + "@" + server;
  }

  private static CustomTask<Void> task(String name, Predicate<UUID> take) {
    return Tasks.custom(name, Void.class)
        .onFailure((complete, operations) ->
            operations.reschedule(complete, complete.getTimeDone().plus(LATER)))
        // Its server is gone. Where the job had begun, its row is no longer waiting.
        .onDeadExecution(
            (complete, operations) -> operations.reschedule(complete, complete.getTimeDone()))
        .execute((instance, context) -> afterwards(take.test(UUID.fromString(instance.getId()))));
  }

  private static CompletionHandler<Void> afterwards(boolean over) {
    return (complete, operations) -> {
      if (over) {
        operations.remove();
      } else {
        operations.reschedule(complete, complete.getTimeDone().plus(LATER));
      }
    };
  }

  /** Gives a job its turn, on one server, or on any; in the transaction of its caller. */
  void enter(JobRow row, Instant now) {
    boolean _ =
        client.scheduleIfNotExists(
            new TaskInstance<Void>(name(row.job().kind(), row.server()), row.job().id().toString()),
            now);
  }

  /** Takes a job's turns away; one whose server is gone, or that nobody takes. */
  void leave(UUID id) {
    table
        .sql("DELETE FROM " + Lane.TABLE + " WHERE task_instance = ?")
        .param(id.toString())
        .update();
  }

  /** Empties the queue, which nobody else uses. */
  void clear() {
    table.sql("DELETE FROM " + Lane.TABLE).update();
  }

  /** There is a new job of that kind: it is looked for now, or when the lane is free. */
  void wake(JobKind kind) {
    lane(kind).wake();
  }

  /** Somewhere a job of that kind waits: it is looked for if the lane is free. */
  void wakeIfFree(JobKind kind) {
    Lane lane = lane(kind);
    if (lane.isFree()) {
      lane.wake();
    }
  }

  private Lane lane(JobKind kind) {
    return Objects.requireNonNull(lanes.get(kind));
  }

  /** Takes no more, and waits until what runs is over, for a while. */
  void stop() {
    lanes.values().forEach(Lane::stop);
    housekeeper.shutdownNow();
  }
}
