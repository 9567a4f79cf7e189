package dev.coffer.cli.progress;

import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** For logs: a line for each stage, and one every few seconds while rows flow. */
final class PlainProgress extends ShownProgress {
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);

  private final Printer printer;
  private final Tally tally = new Tally();
  private final AtomicReference<String> lastStage = new AtomicReference<>("");
  private final AtomicLong nextLine = new AtomicLong(System.nanoTime() + PAUSE);

  PlainProgress(Session session) {
    this.printer = session.errorPrinter();
  }

  @Override
  public void stage(String name) {
    tally.stage(name);
    if (!name.equals(lastStage.getAndSet(name))) {
      print(name);
    }
  }

  @Override
  public void expect(long tables, long estimatedRows, long estimatedBytes) {
    tally.expect(estimatedRows, estimatedBytes);
  }

  @Override
  public void table(String logicalName, long estimatedRows) {}

  @Override
  public void advanced(String logicalName, long rows, long bytes) {
    tally.advanced(logicalName, rows, bytes);
    long due = nextLine.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextLine.compareAndSet(due, now + PAUSE)) {
      print((tally.percent() + "  " + tally.figures() + "  " + logicalName).strip());
    }
  }

  @Override
  public void notice(String text) {
    print("NOTICE: " + text);
  }

  private synchronized void print(String line) {
    printer.line(line);
  }

  @Override
  public void close() {}
}
