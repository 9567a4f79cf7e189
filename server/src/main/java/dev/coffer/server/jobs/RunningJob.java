package dev.coffer.server.jobs;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that this server was asked for, or has taken, until it is over. */
final class RunningJob {
  static final String NEVER_BEGUN = "Cancelled before it began.";
  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
  private static final String NOTHING_LEFT = "Nothing of it is left behind.";

  private final JobRow asked;
  private final Work work;
  private final InstantSource clock;
  private final Consumer<RunningJob> whenOver;
  private final LiveProgress progress = new LiveProgress();
  private final CompletableFuture<Job> over = new CompletableFuture<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Object threadLock = new Object();
  private volatile Job job;
  private volatile Optional<CofferException> failure = Optional.empty();
  private volatile Optional<JobRow> elsewhere = Optional.empty();
  private boolean cancelled;
  private Thread thread = Thread.currentThread();
  private volatile boolean begun;
  private boolean working;

  RunningJob(JobRow asked, Work work, InstantSource clock, Consumer<RunningJob> whenOver) {
    this.asked = asked;
    this.job = asked.job();
    this.work = work;
    this.clock = clock;
    this.whenOver = whenOver;
  }

  Job job() {
    return job;
  }

  /** Whether another server can do it as well. */
  boolean shared() {
    return asked.order().isPresent();
  }

  /** Whether it is this server's alone, now. */
  boolean isHere() {
    return begun || (!asked.server().isEmpty() && elsewhere.isEmpty());
  }

  /** Whether this server does or did it. */
  boolean begun() {
    return begun;
  }

  CompletableFuture<Job> over() {
    return over;
  }

  /** Why it failed, where the engine said so. */
  Optional<CofferException> failure() {
    return failure;
  }

  Reading reading() {
    if (elsewhere.isPresent()) {
      return elsewhere.get().reading();
    }
    return job.state() == JobState.WAITING ? Reading.WAITING : progress.reading();
  }

  /** Another server has taken it: what that tells of it. */
  void follow(JobRow row) {
    if (!begun) {
      elsewhere = Optional.of(row);
      job = row.job();
    }
  }

  /** It ended on another server. */
  void followToTheEnd(JobRow row) {
    if (!begun && ending.compareAndSet(false, true)) {
      job = row.job();
      failure = row.failure();
      over.complete(job);
    }
  }

  /** This server stops; the job waits for another. */
  void leave() {
    if (!begun && shared() && ending.compareAndSet(false, true)) {
      failure =
          Optional.of(
              new CofferException(
                  ErrorCode.INTERRUPTED, "the server stops; the job waits for the next one", ""));
      over.complete(job);
    }
  }

  /**
   * Ends a running job as soon as its work has cleaned up. One whose work is over ends as that did.
   *
   * @return whether it had begun here; where not, it will not begin
   */
  boolean interrupt() {
    synchronized (threadLock) {
      cancelled = true;
      if (working) {
        thread.interrupt();
      }
      return begun;
    }
  }

  /** Ends a job that has not begun. */
  void endWaiting() {
    end(JobState.CANCELLED, job.subject(), NEVER_BEGUN);
  }

  /** Does it, in the caller's thread. The state says already that it runs. */
  void run() {
    elsewhere = Optional.empty();
    job = job.started(clock.instant());
    synchronized (threadLock) {
      begun = true;
      if (!cancelled) {
        thread = Thread.currentThread();
        working = true;
      }
    }
    if (working) {
      work();
    } else {
      endWaiting();
    }
  }

  private void work() {
    try {
      Work.Result result = work.run(progress);
      rest();
      end(JobState.DONE, result.subject(), result.words());
    } catch (CofferException told) {
      rest();
      failure = Optional.of(told);
      boolean byUser = told.code() == ErrorCode.INTERRUPTED;
      end(
          byUser ? JobState.CANCELLED : JobState.FAILED,
          job.subject(),
          byUser ? cancelled(told.hint()) : words(told));
    } catch (Throwable unexpected) {
      boolean byUser = rest();
      LOG.error("A job failed", unexpected);
      end(
          byUser ? JobState.CANCELLED : JobState.FAILED,
          job.subject(),
          byUser ? cancelled("") : "Something went wrong in Coffer; its log tells more.");
    }
  }

  private static String cancelled(String hint) {
    return "Cancelled. " + (hint.isEmpty() ? NOTHING_LEFT : hint);
  }

  private static String words(CofferException told) {
    String fact = told.fact();
    String sentence = fact.substring(0, 1).toUpperCase(Locale.ROOT) + fact.substring(1);
    return sentence + ". " + told.hint();
  }

  /**
   * From here on a late cancellation must not reach what comes after the work.
   *
   * @return whether one reached the work, which may have failed of it in any way
   */
  private boolean rest() {
    synchronized (threadLock) {
      working = false;
      boolean _ = Thread.interrupted();
      return cancelled;
    }
  }

  private void end(JobState how, String subject, String words) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    job = job.ended(how, subject, words.strip(), clock.instant());
    try {
      whenOver.accept(this);
    } finally {
      over.complete(job);
    }
  }
}
