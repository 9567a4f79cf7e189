package dev.coffer.backup;

import dev.coffer.progress.Progress;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does something once, when rows have begun to arrive. */
final class AtFirstRows implements Progress {

  /** What is to be done. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  private final Action action;
  private final AtomicBoolean begun = new AtomicBoolean();

  AtFirstRows(Action action) {
    this.action = action;
  }

  @Override
  public void advanced(String logicalName, long rows, long bytes) {
    if (begun.compareAndSet(false, true)) {
      try {
        action.run();
      } catch (Exception failure) {
        throw new AssertionError(failure);
      }
    }
  }
}
