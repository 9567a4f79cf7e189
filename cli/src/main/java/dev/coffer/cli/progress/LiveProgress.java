package dev.coffer.cli.progress;

import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One line that is drawn anew a few times a second: what is being done, a bar, rows, speed, and the
 * time left. It is written in one piece and only when it changed, so that nothing flickers.
 */
final class LiveProgress extends ShownProgress {
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_TO_END = "\u001b[K";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final int USUAL_WIDTH = 80;
  private static final int BAR_WIDTH = 12;
  private static final int NAME_WIDTH = 22;
  private static final long PAUSE_MILLIS = 120;

  private final PrintStream stream;
  private final Session session;
  private final boolean unicode;
  private final int width;
  private final Tally tally = new Tally();
  private final ScheduledExecutorService painter;
  private String shown = "";

  LiveProgress(Session session) {
    this.session = session;
    this.stream = session.err();
    this.unicode = session.unicode();
    this.width = session.variable("COLUMNS").flatMap(LiveProgress::number).orElse(USUAL_WIDTH) - 1;
    this.painter =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
    var _ =
        painter.scheduleAtFixedRate(this::draw, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{2,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }

  @Override
  public void stage(String name) {
    tally.stage(name);
  }

  @Override
  public void expect(long tables, long estimatedRows, long estimatedBytes) {
    tally.expect(estimatedRows, estimatedBytes);
  }

  @Override
  public void table(String logicalName, long estimatedRows) {
    tally.stage(logicalName);
  }

  @Override
  public void advanced(String logicalName, long rows, long bytes) {
    tally.advanced(logicalName, rows, bytes);
  }

  @Override
  public synchronized void notice(String text) {
    stream.print(START_OF_LINE + CLEAR_TO_END);
    session.errorPrinter().line("NOTICE: " + text);
    String line = shown;
    shown = "";
    show(line);
  }

  private synchronized void draw() {
    show(line());
  }

  private void show(String line) {
    if (!line.isEmpty() && !line.equals(shown)) {
      stream.print((shown.isEmpty() ? HIDE_CURSOR : "") + START_OF_LINE + line + CLEAR_TO_END);
      stream.flush();
      shown = line;
    }
  }

  private String line() {
    String name = Words.cut(Words.harmless(tally.doing()), NAME_WIDTH);
    String text = name + " ".repeat(NAME_WIDTH - name.length());
    if (tally.fraction().isPresent()) {
      text += " " + bar(tally.fraction().getAsDouble()) + " " + tally.percent();
    }
    if (tally.counting()) {
      text += "  " + tally.figures();
    }
    return text.length() <= width ? text : text.substring(0, width);
  }

  private String bar(double fraction) {
    int full = (int) Math.round(fraction * BAR_WIDTH);
    return unicode
        ? "█".repeat(full) + "░".repeat(BAR_WIDTH - full)
        : "#".repeat(full) + ".".repeat(BAR_WIDTH - full);
  }

  @Override
  public synchronized void close() {
    painter.shutdownNow();
    if (!shown.isEmpty()) {
      stream.print(START_OF_LINE + CLEAR_TO_END + SHOW_CURSOR);
      stream.flush();
      shown = "";
    }
  }
}
