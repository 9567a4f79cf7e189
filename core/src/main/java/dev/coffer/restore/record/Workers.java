package dev.coffer.restore.record;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that read one backup, each with a reader of its own. Driven by one thread. */
final class Workers implements AutoCloseable {
  private final List<OpenedBackup> readers = new ArrayList<>();
  private final ExecutorService executor;

  /** A piece of work on a part of the backup. */
  @FunctionalInterface
  interface Work<T> {
    void on(T part, OpenedBackup reader) throws IOException;
  }

  Workers(OpenedBackup backup, int threads) {
    for (int i = 0; i < threads; i++) {
      readers.add(backup.again());
    }
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("coffer-search-", 0).daemon().factory());
  }

  /** Works on every part; the first failure ends all. */
  <T> void run(List<T> parts, Work<T> work) throws IOException {
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<?>> running = new ArrayList<>();
    for (OpenedBackup reader : readers.subList(0, Math.min(readers.size(), parts.size()))) {
      running.add(
          executor.submit(() -> {
            try {
              for (int at = next.getAndIncrement();
                  at < parts.size() && !failed.get();
                  at = next.getAndIncrement()) {
                work.on(parts.get(at), reader);
              }
            } catch (IOException | RuntimeException | Error failure) {
              failed.set(true);
              throw failure;
            }
            return null;
          }));
    }
    await(running, failed);
  }

  private static void await(List<Future<?>> running, AtomicBoolean failed) throws IOException {
    try {
      for (Future<?> each : running) {
        each.get();
      }
    } catch (InterruptedException interrupted) {
      failed.set(true);
      Thread.currentThread().interrupt();
      throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", interrupted);
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case IOException unreadable -> throw unreadable;
        case CofferException told -> throw told;
        case Error error -> throw error;
        case RuntimeException unexpected -> throw unexpected;
        case null, default -> throw new IllegalStateException(failure);
      }
    }
  }

  @Override
  public void close() {
    // A thread that still reads has a file closed under it, and fails where nobody listens.
    executor.shutdownNow();
    readers.forEach(OpenedBackup::close);
  }
}
