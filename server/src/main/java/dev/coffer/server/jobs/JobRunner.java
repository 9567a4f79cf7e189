package dev.coffer.server.jobs;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Actor;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes jobs on and tells how they are. A job is a row in the state, and a turn in a queue from
 * which the servers that share the state take, each one of a kind at a time; whoever asked may go
 * away. When the server stops, running work is cancelled and cleans up behind itself, and what
 * waits is left to the others or to the next start. What a killed server was at is given up.
 */
@Component
public class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final int MOST_WAITING = 20;
  private static final int MOST_TOLD = 1000;

  private final String server = ServerName.ofThisProcess();
  private final Jobs jobs;
  private final JobClaims claims;
  private final Lanes lanes;
  private final Forsaken forsaken;
  private final TransactionTemplate transaction;
  private final InstantSource clock;
  private final HeldJobs held;
  private final Taker taker;
  private final Pulse pulse;

  JobRunner(
      Jobs jobs,
      JobClaims claims,
      Lanes lanes,
      Forsaken forsaken,
      TransactionTemplate transaction,
      InstantSource clock,
      ServerSettings settings) {
    this.jobs = jobs;
    this.claims = claims;
    this.lanes = lanes;
    this.forsaken = forsaken;
    this.transaction = transaction;
    this.clock = clock;
    held = new HeldJobs(claims);
    taker = new Taker(server, held, claims, clock);
    pulse = new Pulse(server, held, claims, lanes, forsaken, clock);
    lanes.build(server, taker::take);
    // A file has one server at a time; a PostgreSQL may have another, whose jobs are its own.
    pulse.begin(settings.state().isEmpty());
  }

  /** From now on this server does such orders, whichever server was asked. */
  public void offer(String name, SharedWork work) {
    taker.offer(name, work);
  }

  /** What others asked for is taken once everything is there that it may need. */
  @EventListener(ApplicationReadyEvent.class)
  void takeFromOthers() {
    pulse.take();
  }

  /**
   * Takes on a job that any server can do, whichever is free first.
   *
   * @param order names a {@link SharedWork} that is offered
   * @throws TooManyJobs when too many of that kind are waiting already
   */
  public Job submit(JobKind kind, String subject, String reason, Actor actor, Order order) {
    return submit(asked(kind, subject, reason, actor), order, "");
  }

  /** The same, for as long as this server is there: what comes of it is in its memory. */
  public Job submitHere(JobKind kind, String subject, String reason, Actor actor, Order order) {
    return submit(asked(kind, subject, reason, actor), order, server);
  }

  private Job submit(Job job, Order order, String where) {
    JobRow row = JobRow.asked(job, Optional.of(order), where);
    return submit(row, taker.offer(row).orElseThrow());
  }

  /**
   * Takes on a job that this server alone can do, since what it needs must not leave its memory.
   *
   * @param whenOver is told how it ended, before anyone who waits for it
   * @throws TooManyJobs when too many of that kind are waiting already
   */
  public Job submit(
      JobKind kind, String subject, String reason, Actor actor, Work work, Consumer<Job> whenOver) {
    Job job = asked(kind, subject, reason, actor);
    return submit(JobRow.asked(job, Optional.empty(), server), work, whenOver);
  }

  private Job submit(JobRow row, Work work, Consumer<Job> whenOver) {
    return submit(row, new RunningJob(row, work, clock, over -> held.over(over, whenOver)));
  }

  private Job asked(JobKind kind, String subject, String reason, Actor actor) {
    if (waiting(kind) >= MOST_WAITING) {
      throw new TooManyJobs(MOST_WAITING);
    }
    return new Job(
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
  }

  private Job submit(JobRow row, RunningJob run) {
    Job job = row.job();
    held.put(run);
    boolean written = false;
    try {
      transaction.executeWithoutResult(status -> {
        claims.add(row);
        lanes.enter(row, job.createdAt());
      });
      written = true;
    } finally {
      if (!written) {
        held.remove(job.id());
      }
    }
    lanes.wake(job.kind());
    return job;
  }

  /**
   * Waits until a job that this server was asked for is over.
   *
   * @throws CofferException why the job failed; {@code INTERRUPTED} when it was cancelled, or when
   *     the caller is interrupted, or when the server stops before the job began
   */
  public Job await(Job job) {
    Optional<RunningJob> run = held.remembered(job.id());
    if (run.isEmpty()) {
      return find(job.id()).orElseThrow();
    }
    try {
      Job ended = run.get().over().get();
      if (run.get().failure().isPresent()) {
        throw run.get().failure().get();
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
    held.watch(watcher);
  }

  /** Ends a job that waits or runs, on whichever server; one that is over stays as it is. */
  public void cancel(UUID id) {
    Optional<RunningJob> here = held.find(id);
    if (here.isPresent() && !here.get().shared()) {
      if (!here.get().interrupt()) {
        here.get().endWaiting();
      }
      return;
    }
    if (here.isPresent() && here.get().begun() && here.get().interrupt()) {
      return;
    }
    Optional<JobRow> row = claims.find(id).filter(known -> !known.job().state().over());
    if (row.isEmpty()) {
      return;
    }
    Optional<RunningJob> run = here.or(() -> taker.offer(row.get()));
    if (run.isPresent() && claims.cancelWaiting(id, RunningJob.NEVER_BEGUN, clock.instant())) {
      run.get().endWaiting();
    } else {
      claims.askCancel(id);
      held.find(id).filter(RunningJob::begun).ifPresent(RunningJob::interrupt);
    }
  }

  public Optional<Job> find(UUID id) {
    return held.known(id).or(() -> jobs.find(id));
  }

  /** How far a job is, on whichever server; empty once it is over. */
  public Optional<Reading> reading(UUID id) {
    return held.find(id)
        .filter(run -> !run.job().state().over())
        .map(RunningJob::reading)
        .or(() -> pulse.elsewhere(id).map(JobRow::reading));
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
    return held.known(job.id()).orElse(job);
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

  /** Whether a job of that kind about that subject waits or runs. */
  public boolean underWay(JobKind kind, String subject) {
    return working(kind, subject).isPresent();
  }

  /** The job of that kind about that subject that waits or runs, on whichever server. */
  public Optional<Job> working(JobKind kind, String subject) {
    return open().filter(job -> job.kind() == kind && job.subject().equals(subject)).findFirst();
  }

  /** How many jobs of that kind wait or run, on all servers. */
  public long waiting(JobKind kind) {
    return open().filter(job -> job.kind() == kind).count();
  }

  /** Those of a kind that wait or run, on all servers. */
  public List<Job> open(JobKind kind) {
    return open().filter(job -> job.kind() == kind).toList();
  }

  private Stream<Job> open() {
    return Stream.concat(
        held.all().stream().map(RunningJob::job), pulse.elsewhere().map(JobRow::job));
  }

  /** Tells the state that this server is alive, and what it could not be told before. */
  void beat() {
    pulse.beat();
  }

  @PreDestroy
  void stop() {
    taker.stop();
    pulse.stop();
    held.all().forEach(this::stop);
    lanes.stop();
    held.all().forEach(RunningJob::leave);
    held.writeAtLast();
    try {
      forsaken.free(server);
    } catch (RuntimeException stateIsDown) {
      LOG.warn(
          "What waits for this server could not be left to others: {}", stateIsDown.getMessage());
    }
  }

  private void stop(RunningJob run) {
    if (run.shared() && !run.begun()) {
      return;
    }
    if (!run.interrupt() && !run.shared()) {
      run.endWaiting();
    }
  }
}
