package dev.coffer.backup;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work that an interrupt of the calling thread ends at once, wherever it is: a connection that
 * its thread waits for is closed under it.
 *
 * <p>A virtual thread would bring that by itself (see {@link java.net.Socket}), and one third of a
 * second to every command: a system thread waits for its sockets, and the JVM, as it ends, for
 * that.
 */
public final class Cancellable {

  private Cancellable() {}

  /**
   * The work's result, once it has ended and cleaned up behind itself.
   *
   * @param undone what an interrupt leaves undone: {@code no backup was made}
   * @throws CofferException {@code INTERRUPTED} when it was cancelled; the thread's interrupt
   *     status is set then
   */
  public static <T> T call(String undone, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread worker = Thread.ofPlatform().daemon().name("coffer-run").start(task);
    boolean cancelled = false;
    while (true) {
      try {
        return task.get();
      } catch (InterruptedException interrupted) {
        cancelled = true;
        worker.interrupt();
      } catch (ExecutionException failure) {
        throw told(undone, Objects.requireNonNull(failure.getCause()), cancelled);
      } finally {
        if (cancelled && task.isDone()) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /**
   * Runs work that has to come to its end, however often this thread is interrupted meanwhile. A
   * failure of it is told as it is by the {@link #call} around it.
   *
   * @throws InterruptedException when this thread has been interrupted before: then nothing is done
   */
  public static <T> T undisturbed(Callable<T> work) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().daemon().name("coffer-end").start(task);
    boolean interrupted = false;
    while (true) {
      try {
        return task.get();
      } catch (InterruptedException later) {
        interrupted = true;
      } catch (ExecutionException failure) {
        throw new Final(Objects.requireNonNull(failure.getCause()));
      } finally {
        if (interrupted && task.isDone()) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Carries a failure that no interrupt has to do with. */
  private static final class Final extends RuntimeException {
    private final Throwable failure;

    Final(Throwable failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private static RuntimeException told(String undone, Throwable cause, boolean cancelled) {
    if (cause instanceof Final end) {
      return told(undone, end.failure, false);
    }
    if (cancelled || cause instanceof InterruptedException) {
      return new CofferException(ErrorCode.INTERRUPTED, "interrupted: " + undone, "", cause);
    }
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof RuntimeException unchecked) {
      return unchecked;
    }
    return new IllegalStateException(cause);
  }
}
