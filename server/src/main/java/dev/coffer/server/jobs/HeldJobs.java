package dev.coffer.server.jobs;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this server was asked for or has taken, until they are over, and what is to be done
 * at their ends.
 */
final class HeldJobs {
  private static final Logger LOG = LoggerFactory.getLogger(HeldJobs.class);
  private static final int REMEMBERED = 200;

  private final JobClaims claims;
  private final Map<UUID, RunningJob> held = new ConcurrentHashMap<>();
  private final List<Consumer<Job>> watchers = new CopyOnWriteArrayList<>();

  /** Those whose end the state could not be told yet. */
  private final Map<UUID, RunningJob> unwritten = new ConcurrentHashMap<>();

  /** For those who begin to wait when a job has just ended. */
  private final Map<UUID, RunningJob> justEnded =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, RunningJob> eldest) {
              return size() > REMEMBERED;
            }
          });

  HeldJobs(JobClaims claims) {
    this.claims = claims;
  }

  void watch(Consumer<Job> watcher) {
    watchers.add(watcher);
  }

  void put(RunningJob run) {
    held.put(run.job().id(), run);
  }

  /** It was not taken on after all. */
  void remove(UUID id) {
    held.remove(id);
  }

  Collection<RunningJob> all() {
    return held.values();
  }

  Optional<RunningJob> find(UUID id) {
    return Optional.ofNullable(held.get(id));
  }

  /** The same, or one that is over since a short while. */
  Optional<RunningJob> remembered(UUID id) {
    return find(id).or(() -> Optional.ofNullable(justEnded.get(id)));
  }

  /** What is known of a job that the state may not know yet. */
  Optional<Job> known(UUID id) {
    return find(id).or(() -> Optional.ofNullable(unwritten.get(id))).map(RunningJob::job);
  }

  /** Whatever fails here, the job goes: others would wait for it for ever. */
  void over(RunningJob run, Consumer<Job> whenOver) {
    Job ended = run.job();
    try {
      unwritten.put(ended.id(), run);
      guarded(ended, job -> write(run));
      // What follows from it is taken on before it goes: nobody sees a moment without work.
      guarded(ended, whenOver);
      watchers.forEach(watcher -> guarded(ended, watcher));
    } finally {
      gone(run);
    }
  }

  /** Forgets a job that is over, but for those who wait for it just now. */
  void gone(RunningJob run) {
    justEnded.put(run.job().id(), run);
    held.remove(run.job().id());
  }

  /** Tells the state what it could not be told before. */
  void writeAgain() {
    unwritten.values().forEach(this::write);
  }

  /** The same when the server stops. */
  void writeAtLast() {
    unwritten.values().forEach(run -> guarded(run.job(), job -> write(run)));
  }

  private void write(RunningJob run) {
    claims.ended(run.job(), run.failure().map(failure -> failure.code().name()).orElse(""));
    unwritten.remove(run.job().id());
  }

  private static void guarded(Job ended, Consumer<Job> step) {
    try {
      step.accept(ended);
    } catch (RuntimeException failure) {
      LOG.error("What follows from job {} could not be done", ended.id(), failure);
    }
  }
}
