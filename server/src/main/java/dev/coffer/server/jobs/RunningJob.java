package dev.coffer.server.jobs;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that waits or runs in this process. */
final class RunningJob {
  private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
  private static final String NOTHING_LEFT = "Nothing of it is left behind.";

  private final Work work;
  private final Jobs jobs;
  private final InstantSource clock;
  private final Consumer<Job> whenOver;
  private final LiveProgress progress = new LiveProgress();
  private final CompletableFuture<Job> over = new CompletableFuture<>();
  private final AtomicBoolean ending = new AtomicBoolean();
  private final Object threadLock = new Object();
  private volatile Job job;
  private volatile Optional<CofferException> failure = Optional.empty();
  private boolean cancelled;
  private Thread thread = Thread.currentThread();
  private boolean begun;
  private boolean working;

  RunningJob(Job job, Work work, Jobs jobs, InstantSource clock, Consumer<Job> whenOver) {
    this.job = job;
    this.work = work;
    this.jobs = jobs;
    this.clock = clock;
    this.whenOver = whenOver;
  }

  Job job() {
    return job;
  }

  CompletableFuture<Job> over() {
    return over;
  }

  /** Why it failed, where the engine said so. */
  Optional<CofferException> failure() {
    return failure;
  }

  Reading reading() {
    return job.state() == JobState.WAITING ? Reading.WAITING : progress.reading();
  }

  void begin(ExecutorService lane) {
    Future<?> _ = lane.submit(this::run);
  }

  /**
   * Ends a waiting job at once; a running one as soon as its work has cleaned up. One whose work is
   * over ends as that did.
   */
  void cancel() {
    synchronized (threadLock) {
      cancelled = true;
      if (working) {
        thread.interrupt();
      }
      if (begun) {
        return;
      }
    }
    end(JobState.CANCELLED, job.subject(), "Cancelled before it began.");
  }

  private void run() {
    synchronized (threadLock) {
      if (cancelled) {
        return;
      }
      thread = Thread.currentThread();
      begun = true;
      working = true;
    }
    try {
      job = job.started(clock.instant());
      jobs.started(job);
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
      whenOver.accept(job);
    } finally {
      over.complete(job);
    }
  }
}
