package dev.coffer.server.jobs;

import dev.coffer.progress.Progress;

/**
 * A kind of work that any server can do from its {@link Order}. Called by the thread of a lane; an
 * interrupt of that thread ends it.
 */
public interface SharedWork {

  /**
   * Does it, at most once for a job.
   *
   * @throws dev.coffer.error.CofferException when it cannot; the job is failed then, or cancelled
   */
  Work.Result run(Job job, Order order, Progress progress);

  /** Is told how it ended, before anyone who waits for it; also of one that never began. */
  void over(Job job, Order order);
}
