package dev.coffer.server.jobs;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Actor;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Runs jobs in the background, those of one kind one after another. Whoever asked may go away: the
 * work goes on. When the server stops, running work is cancelled and cleans up behind itself; what
 * a killed server was at is given up at the next start.
 */
@Component
public class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final int MOST_WAITING = 20;
  private static final int MOST_TOLD = 1000;
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(5);
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Jobs jobs;
  private final InstantSource clock;
  private final Map<UUID, RunningJob> running = new ConcurrentHashMap<>();
  private final List<Consumer<Job>> watchers = new CopyOnWriteArrayList<>();

  /** Those whose end the state could not be told yet. */
  private final Map<UUID, Job> unwritten = new ConcurrentHashMap<>();

  /** For those who begin to wait when a job has just ended. */
  private final Map<UUID, RunningJob> justEnded =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, RunningJob> eldest) {
              return size() > 2 * MOST_WAITING * JobKind.values().length;
            }
          });

  private final Map<JobKind, ExecutorService> lanes = new EnumMap<>(JobKind.class);
  private final ScheduledExecutorService pulse;

  JobRunner(Jobs jobs, InstantSource clock, ServerSettings settings) {
    this.jobs = jobs;
    this.clock = clock;
    for (JobKind kind : JobKind.values()) {
      lanes.put(
          kind, Executors.newSingleThreadExecutor(Thread.ofPlatform().name(kind.name()).factory()));
    }
    // A file has one server at a time; a PostgreSQL may have another, whose jobs are its own.
    boolean alone = settings.state().isEmpty();
    Instant now = clock.instant();
    // The state rounds times: a job seen just now may seem to be of a moment later.
    jobs.abandon(alone ? now.plusSeconds(1) : now.minus(GIVEN_UP_AFTER), now);
    pulse =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pulse").factory());
    var _ =
        pulse.scheduleWithFixedDelay(
            this::beat, SIGN_OF_LIFE.toSeconds(), SIGN_OF_LIFE.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Takes a job on.
   *
   * @param whenOver is told how it ended, before anyone who waits for it
   * @throws TooManyJobs when too many of that kind are waiting already
   */
  public Job submit(
      JobKind kind, String subject, String reason, Actor actor, Work work, Consumer<Job> whenOver) {
    if (waiting(kind) >= MOST_WAITING) {
      throw new TooManyJobs(MOST_WAITING);
    }
    Job job =
        new Job(
            UUID.randomUUID(),
            kind,
            JobState.WAITING,
            subject,
            reason,
            actor,
            clock.instant(),
            Optional.empty(),
            Optional.empty(),
            "");
    jobs.add(job);
    RunningJob run = new RunningJob(job, work, jobs, clock, ended -> over(ended, whenOver));
    running.put(job.id(), run);
    run.begin(lane(kind));
    return job;
  }

  /** Whatever fails here, the job goes: others would wait for it for ever. */
  private void over(Job ended, Consumer<Job> whenOver) {
    try {
      unwritten.put(ended.id(), ended);
      guarded(ended, this::write);
      // What follows from it is taken on before it goes: nobody sees a moment without work.
      guarded(ended, whenOver);
      watchers.forEach(watcher -> guarded(ended, watcher));
    } finally {
      Optional.ofNullable(running.remove(ended.id()))
          .ifPresent(over -> justEnded.put(ended.id(), over));
    }
  }

  private void write(Job ended) {
    jobs.ended(ended);
    unwritten.remove(ended.id());
  }

  private static void guarded(Job ended, Consumer<Job> step) {
    try {
      step.accept(ended);
    } catch (RuntimeException failure) {
      LOG.error("What follows from job {} could not be done", ended.id(), failure);
    }
  }

  private ExecutorService lane(JobKind kind) {
    return Objects.requireNonNull(lanes.get(kind));
  }

  /**
   * Waits until a job is over.
   *
   * @throws CofferException why the job failed; {@code INTERRUPTED} when it was cancelled, or when
   *     the caller is interrupted
   */
  public Job await(Job job) {
    RunningJob still = running.get(job.id());
    RunningJob run = still == null ? justEnded.get(job.id()) : still;
    if (run == null) {
      return find(job.id()).orElseThrow();
    }
    try {
      Job ended = run.over().get();
      if (run.failure().isPresent()) {
        throw run.failure().get();
      }
      return ended;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CofferException(ErrorCode.INTERRUPTED, "interrupted; the job goes on", "");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** From now on {@code watcher} is told of every job that has ended here. */
  public void watch(Consumer<Job> watcher) {
    watchers.add(watcher);
  }

  /** Ends a job that waits or runs; one that is over stays as it is. */
  public void cancel(UUID id) {
    Optional.ofNullable(running.get(id)).ifPresent(RunningJob::cancel);
  }

  public Optional<Job> find(UUID id) {
    return known(id).or(() -> jobs.find(id));
  }

  /** How far a job of this server is; empty once it is over. */
  public Optional<Reading> reading(UUID id) {
    return Optional.ofNullable(running.get(id))
        .filter(run -> !run.job().state().over())
        .map(RunningJob::reading);
  }

  /** The newest first. */
  public List<Job> recent(int limit) {
    return page(Optional.empty(), Optional.empty(), 0, limit);
  }

  /** Those of a kind that failed or are not over, the newest first; at most a thousand. */
  public List<Job> openOrFailed(JobKind kind) {
    return jobs.openOrFailed(kind, MOST_TOLD).stream().map(this::asOfNow).toList();
  }

  /** The state is told of a step after it was made. */
  private Job asOfNow(Job job) {
    return known(job.id()).orElse(job);
  }

  private Optional<Job> known(UUID id) {
    return Optional.ofNullable(running.get(id))
        .map(RunningJob::job)
        .or(() -> Optional.ofNullable(unwritten.get(id)));
  }

  /** Those of a kind and in a state, where one is given; the newest first. */
  public List<Job> page(Optional<JobKind> kind, Optional<JobState> state, int offset, int limit) {
    return jobs.page(kind, state, offset, limit).stream().map(this::asOfNow).toList();
  }

  /** How many there are of a kind and in a state, where one is given. */
  public long count(Optional<JobKind> kind, Optional<JobState> state) {
    return jobs.count(kind, state);
  }

  /** Those of a kind that failed, and about whose subject none was done since; the oldest first. */
  public List<Job> unsettled(JobKind kind) {
    return jobs.unsettled(kind);
  }

  /** Whether this server has a job of that kind about that subject before it. */
  public boolean underWay(JobKind kind, String subject) {
    return working(kind, subject).isPresent();
  }

  /** The job of that kind about that subject that this server has before it. */
  public Optional<Job> working(JobKind kind, String subject) {
    return running.values().stream()
        .map(RunningJob::job)
        .filter(job -> job.kind() == kind && job.subject().equals(subject))
        .findFirst();
  }

  /** How many jobs of that kind wait or run here. */
  public long waiting(JobKind kind) {
    return running.values().stream().filter(run -> run.job().kind() == kind).count();
  }

  /** Tells the state that this server is alive, and what it could not be told before. */
  void beat() {
    try {
      running.keySet().forEach(id -> jobs.seen(id, clock.instant()));
      unwritten.values().forEach(this::write);
      jobs.abandon(clock.instant().minus(GIVEN_UP_AFTER), clock.instant());
    } catch (RuntimeException stateIsDown) {
      LOG.warn("The state's database cannot be written: {}", stateIsDown.getMessage());
    }
  }

  @PreDestroy
  void stop() throws InterruptedException {
    pulse.shutdownNow();
    running.values().forEach(RunningJob::cancel);
    for (ExecutorService lane : lanes.values()) {
      lane.shutdown();
      if (!lane.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        lane.shutdownNow();
      }
    }
    unwritten.values().forEach(ended -> guarded(ended, this::write));
  }
}
