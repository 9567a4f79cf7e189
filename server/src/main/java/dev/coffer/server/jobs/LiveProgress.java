package dev.coffer.server.jobs;

import dev.coffer.progress.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the threads of running work report. What it says may lag behind by a moment. */
final class LiveProgress implements Progress {
  private static final double NANOS = 1e9;
  private static final int MOST_PERCENT = 99;

  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile long expectedRows;
  private volatile long startedAt = System.nanoTime();
  private volatile String doing = "starting";

  @Override
  public void stage(String name) {
    doing = name;
  }

  @Override
  public void expect(long tables, long estimatedRows, long estimatedBytes) {
    expectedRows = Math.max(0, estimatedRows);
    rows.reset();
    bytes.reset();
    startedAt = System.nanoTime();
  }

  @Override
  public void table(String logicalName, long estimatedRows) {
    doing = logicalName;
  }

  @Override
  public void advanced(String logicalName, long moreRows, long moreBytes) {
    rows.add(moreRows);
    bytes.add(moreBytes);
    doing = logicalName;
  }

  Reading reading() {
    double seconds = Math.max(0.001, (System.nanoTime() - startedAt) / NANOS);
    long done = rows.sum();
    long expected = expectedRows;
    double fraction = expected > 0 ? Math.min(1, (double) done / expected) : 0;
    boolean telling = seconds > 1 && fraction > 0.01;
    return new Reading(
        doing,
        done,
        expected,
        expected > 0
            ? Optional.of(Math.min(MOST_PERCENT, (int) (fraction * 100)))
            : Optional.empty(),
        (long) (bytes.sum() / seconds),
        telling
            ? Optional.of(Duration.ofSeconds(Math.max(1, (long) (seconds / fraction - seconds))))
            : Optional.empty());
  }
}
