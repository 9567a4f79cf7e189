package dev.coffer.server.jobs;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Does the jobs whose turn it is, in the threads of the lanes, as far as this server knows how. */
final class Taker {
  private final String server;
  private final HeldJobs held;
  private final JobClaims claims;
  private final InstantSource clock;
  private final Map<String, SharedWork> offered = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  Taker(String server, HeldJobs held, JobClaims claims, InstantSource clock) {
    this.server = server;
    this.held = held;
    this.claims = claims;
    this.clock = clock;
  }

  void offer(String name, SharedWork work) {
    offered.put(name, work);
  }

  /** What this server would do for an order; empty where it does not know how. */
  Optional<RunningJob> offer(JobRow row) {
    return row.order()
        .flatMap(order ->
            Optional.ofNullable(offered.get(order.work()))
                .map(work ->
                    new RunningJob(
                        row,
                        progress -> work.run(row.job(), order, progress),
                        clock,
                        over -> held.over(over, ended -> work.over(ended, order)))));
  }

  /** From now on no job is begun. */
  void stop() {
    stopping = true;
  }

  /** Does a job whose turn it is; false where its turn is to come again. */
  boolean take(UUID id) {
    Optional<JobRow> waiting = claims.find(id).filter(row -> row.job().state() == JobState.WAITING);
    if (waiting.isEmpty()) {
      return true;
    }
    Optional<RunningJob> run = held.find(id).or(() -> offer(waiting.get()));
    if (stopping || run.isEmpty()) {
      return false;
    }
    if (begin(run.get())) {
      if (stopping) {
        boolean _ = run.get().interrupt();
      }
      run.get().run();
    }
    return true;
  }

  private boolean begin(RunningJob run) {
    UUID id = run.job().id();
    boolean asked = held.find(id).isPresent();
    boolean begun = false;
    held.put(run);
    try {
      begun = claims.begin(id, server, clock.instant());
      return begun;
    } finally {
      if (!begun && !asked) {
        held.remove(id);
      }
    }
  }
}
