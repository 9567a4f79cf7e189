package dev.coffer.verify;

import dev.coffer.archive.Part;
import dev.coffer.bytes.ByteSink;
import dev.coffer.model.Table;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Checks chunks in parallel and hands the results back in the document's order, holding at most a
 * few chunks at a time. Driven by one thread.
 */
final class ChunkPool implements AutoCloseable {
  /** Grows to what the chunks need; small files need little. */
  private static final int FIRST_BYTES = 1 << 14;

  /** Chunks that hold a single large row are checked alone: several would not fit the memory. */
  private static final int LARGE = 6 << 20;

  private final ExecutorService executor;
  private final Deque<ByteSink> free = new ArrayDeque<>();
  private final Deque<Running> running = new ArrayDeque<>();
  private final Consumer<ChunkCheck> results;

  private record Running(Future<ChunkCheck> check, ByteSink text) {}

  ChunkPool(int threads, Consumer<ChunkCheck> results) {
    this.results = results;
    executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("coffer-verifier-", 0).daemon().factory());
    for (int i = 0; i < threads + 2; i++) {
      free.add(new ByteSink(FIRST_BYTES));
    }
  }

  /** A buffer for the next piece; waits for the oldest check when all are in use. */
  ByteSink buffer() throws InterruptedException {
    if (free.isEmpty()) {
      finishOldest();
    }
    return free.getFirst();
  }

  /** Checks the chunk in the buffer given out last, which is the pool's again from now on. */
  void check(Part.Lines lines) throws InterruptedException {
    ByteSink text = free.removeFirst();
    Table table = lines.table();
    long at = lines.at();
    Callable<ChunkCheck> check =
        lines.sealed()
            ? () -> ChunkCheck.ofSealed(text, at)
            : () -> ChunkCheck.ofRows(table, text, at);
    running.add(new Running(executor.submit(check), text));
    if (text.length() > LARGE) {
      finish();
      free.remove(text);
      free.add(new ByteSink(FIRST_BYTES));
    }
  }

  /** Waits for every check under way. */
  void finish() throws InterruptedException {
    while (!running.isEmpty()) {
      finishOldest();
    }
  }

  private void finishOldest() throws InterruptedException {
    Running oldest = running.removeFirst();
    try {
      results.accept(oldest.check().get());
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof OutOfMemoryError tooLarge) {
        throw tooLarge;
      }
      throw new IllegalStateException(failure.getCause());
    }
    free.add(oldest.text());
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
