package dev.coffer.restore.rebuild;

import dev.coffer.model.QualifiedName;
import dev.coffer.postgres.write.TargetSession;
import java.util.List;
import java.util.Map;

/**
 * A step that a connection of several takes, in transactions of its own.
 *
 * @param stage what is being done, for people
 * @param weight roughly how long it takes; the heaviest that can run goes first
 * @param locks what the server will lock, so that no two steps wait for each other
 * @param after steps that have to be done before
 */
record Task(
    String stage, long weight, Map<QualifiedName, Lock> locks, List<Task> after, Work work) {

  /** What a step does. */
  @FunctionalInterface
  interface Work {
    void run(TargetSession session) throws InterruptedException;
  }

  /**
   * Table locks by how they conflict (PostgreSQL manual, "Explicit Locking", Table-Level Locks).
   */
  enum Lock {
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    boolean conflicts(Lock other) {
      Lock low = compareTo(other) < 0 ? this : other;
      Lock high = low == this ? other : this;
      return switch (high) {
        case ROW_SHARE, ROW_EXCLUSIVE -> false;
        case SHARE_UPDATE_EXCLUSIVE -> low == SHARE_UPDATE_EXCLUSIVE;
        case SHARE -> low == ROW_EXCLUSIVE || low == SHARE_UPDATE_EXCLUSIVE;
        case SHARE_ROW_EXCLUSIVE -> low != ROW_SHARE;
        case ACCESS_EXCLUSIVE -> true;
      };
    }
  }

  boolean conflicts(Task other) {
    return locks.entrySet().stream()
        .anyMatch(mine -> {
          Lock theirs = other.locks.get(mine.getKey());
          return theirs != null && mine.getValue().conflicts(theirs);
        });
  }
}
