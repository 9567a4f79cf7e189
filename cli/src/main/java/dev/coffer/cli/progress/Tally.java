package dev.coffer.cli.progress;

import dev.coffer.cli.terminal.Words;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;

/** Counts what several threads report. What it says may lag behind by a moment. */
final class Tally {
  private static final double NANOS = 1e9;

  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile long expectedRows;
  private volatile long expectedBytes;
  private volatile long startedAt = System.nanoTime();
  private volatile String doing = "starting";

  void stage(String name) {
    doing = name;
  }

  void expect(long estimatedRows, long estimatedBytes) {
    expectedRows = estimatedRows;
    expectedBytes = estimatedBytes;
    rows.reset();
    bytes.reset();
    startedAt = System.nanoTime();
  }

  void advanced(String table, long moreRows, long moreBytes) {
    rows.add(moreRows);
    bytes.add(moreBytes);
    doing = table;
  }

  String doing() {
    return doing;
  }

  boolean counting() {
    return rows.sum() > 0 || bytes.sum() > 0;
  }

  /** From 0 to 1; never quite 1, since what is expected is an estimate. */
  OptionalDouble fraction() {
    double fraction;
    if (expectedRows > 0) {
      fraction = (double) rows.sum() / expectedRows;
    } else if (expectedBytes > 0) {
      fraction = (double) bytes.sum() / expectedBytes;
    } else {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.min(0.99, fraction));
  }

  String percent() {
    return fraction().isPresent()
        ? String.format(Locale.ROOT, "%2d %%", (int) (fraction().getAsDouble() * 100))
        : "";
  }

  /** Rows, speed and time left, as far as known. */
  String figures() {
    double elapsed = Math.max(0.001, (System.nanoTime() - startedAt) / NANOS);
    StringBuilder text = new StringBuilder(Words.count(rows.sum(), "row"));
    text.append(String.format(Locale.ROOT, "  %.1f MB/s", bytes.sum() / elapsed / 1048576));
    fraction()
        .ifPresent(fraction -> {
          if (elapsed > 1 && fraction > 0.01) {
            text.append("  ").append(left(elapsed / fraction - elapsed));
          }
        });
    return text.toString();
  }

  private static String left(double seconds) {
    long whole = Math.max(1, Math.round(seconds));
    return String.format(Locale.ROOT, "%d:%02d left", whole / 60, whole % 60);
  }
}
