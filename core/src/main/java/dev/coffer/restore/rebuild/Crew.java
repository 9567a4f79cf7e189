package dev.coffer.restore.rebuild;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.progress.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Several connections that do tasks as these become possible, the heaviest first. The first failure
 * ends all.
 */
final class Crew {
  private final List<TargetSession> sessions;
  private final Progress progress;
  private final List<Task> waiting;
  private final List<Task> running = new ArrayList<>();
  private final Set<Task> done = Collections.newSetFromMap(new IdentityHashMap<>());
  private @Nullable Throwable failure;

  private Crew(List<TargetSession> sessions, List<Task> tasks, Progress progress) {
    this.sessions = sessions;
    this.progress = progress;
    waiting = new ArrayList<>(tasks);
    waiting.sort(Comparator.comparingLong(Task::weight).reversed());
  }

  /** Returns when all is done, or all has ended after the first failure. */
  static void run(List<TargetSession> sessions, List<Task> tasks, Progress progress)
      throws InterruptedException {
    new Crew(sessions, tasks, progress).run();
  }

  private void run() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(sessions.size());
    for (TargetSession session : sessions) {
      Thread.ofPlatform()
          .name("coffer-loader")
          .daemon()
          .start(() -> {
            work(session);
            ended.countDown();
          });
    }
    try {
      ended.await();
    } catch (InterruptedException interrupted) {
      fail(interrupted);
      ended.await();
      throw interrupted;
    }
    rethrow();
  }

  private synchronized void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException told -> throw told;
      case Error error -> throw error;
      default -> throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", failure);
    }
  }

  private void work(TargetSession session) {
    try {
      for (Optional<Task> task = next(); task.isPresent(); task = next()) {
        progress.stage(task.get().stage());
        task.get().work().run(session);
        finish(task.get());
      }
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }

  private synchronized Optional<Task> next() throws InterruptedException {
    while (failure == null && !waiting.isEmpty()) {
      Optional<Task> possible = waiting.stream().filter(this::possible).findFirst();
      if (possible.isPresent()) {
        waiting.remove(possible.get());
        running.add(possible.get());
        return possible;
      }
      if (running.isEmpty()) {
        throw new IllegalStateException("tasks wait for each other");
      }
      wait();
    }
    return Optional.empty();
  }

  private boolean possible(Task task) {
    return done.containsAll(task.after()) && running.stream().noneMatch(task::conflicts);
  }

  private synchronized void finish(Task task) {
    running.remove(task);
    done.add(task);
    notifyAll();
  }

  private synchronized void fail(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
      sessions.forEach(TargetSession::abort);
    }
    notifyAll();
  }
}
