package dev.coffer.server.jobs;

import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.StateForTests;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.state.Times;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** What runs jobs, as a server has it, without a server; its clock can be set on. */
final class RunnerForTests {
  private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

  private final StateForTests state;
  private final JobClaims claims;
  private final Lanes lanes;
  private final JobRunner runner;
  private volatile Duration ahead = Duration.ZERO;

  private RunnerForTests(StateForTests state, Optional<ConnectionSettings> shared) {
    this.state = state;
    claims = new JobClaims(state.client());
    lanes = new Lanes(state.source());
    runner =
        new JobRunner(
            new Jobs(state.client()),
            claims,
            lanes,
            new Forsaken(claims, lanes, state.transaction()),
            state.transaction(),
            () -> Instant.now().plus(ahead),
            settings(shared));
    runner.takeFromOthers();
  }

  /** One of several on a state. */
  static RunnerForTests sharing(StateForTests state) {
    return new RunnerForTests(
        state,
        Optional.of(
            ConnectionSettings.resolve(
                Optional.of("postgresql://nobody@127.0.0.1:1/state"),
                Map.of(),
                Path.of("no-service-file"))));
  }

  /** The only one on a state. */
  static RunnerForTests alone(StateForTests state) {
    return new RunnerForTests(state, Optional.empty());
  }

  private static ServerSettings settings(Optional<ConnectionSettings> shared) {
    return new ServerSettings(
        "127.0.0.1",
        0,
        Path.of("home"),
        Path.of("backups"),
        Optional.empty(),
        Optional.empty(),
        shared,
        Duration.ofMinutes(30),
        false,
        "test");
  }

  JobRunner runner() {
    return runner;
  }

  void offer(String name, SharedWork work) {
    runner.offer(name, work);
  }

  /** Keeps a lane of this server's busy until the end. */
  void busy(JobKind kind, CountDownLatch end) {
    Job job =
        runner.submit(
            kind,
            "busy",
            "",
            new Actor("tester", ""),
            progress -> {
              try {
                end.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              return new Work.Result("busy", "");
            },
            over -> {});
    Waiting.until(
        "it to be busy", () -> runner.find(job.id()).orElseThrow().state() == JobState.RUNNING);
  }

  /** Sets the clock on, and lets the heart beat. */
  void later(int seconds) {
    ahead = ahead.plusSeconds(seconds);
    runner.beat();
    runner.beat();
  }

  /** A job as a server that was killed two minutes ago has left it. */
  UUID left(String server, Optional<Order> order, boolean begun, boolean picked) {
    Instant then = Instant.now().minus(TWO_MINUTES);
    Job job =
        new Job(
            UUID.randomUUID(),
            JobKind.BACKUP,
            JobState.WAITING,
            "",
            "",
            new Actor("tester", ""),
            then,
            Optional.empty(),
            Optional.empty(),
            "");
    JobRow row = JobRow.asked(job, order, server);
    state
        .transaction()
        .executeWithoutResult(status -> {
          claims.add(row);
          lanes.enter(row, then);
          if (picked) {
            state
                .client()
                .sql(
                    "UPDATE job_queue SET picked = TRUE, picked_by = 'gone', last_heartbeat = ?"
                        + " WHERE task_instance = ?")
                .params(Times.parameter(then), job.id().toString())
                .update();
          }
          if (begun) {
            boolean _ = claims.begin(job.id(), "gone", then);
          }
        });
    return job.id();
  }

  void stop() {
    runner.stop();
  }
}
