package dev.coffer.cli.progress;

import dev.coffer.cli.terminal.Session;

/** Says nothing but what the user must know: notices. */
final class QuietProgress extends ShownProgress {
  private final Session session;

  QuietProgress(Session session) {
    this.session = session;
  }

  @Override
  public void stage(String name) {}

  @Override
  public void expect(long tables, long estimatedRows, long estimatedBytes) {}

  @Override
  public void table(String logicalName, long estimatedRows) {}

  @Override
  public void advanced(String logicalName, long rows, long bytes) {}

  @Override
  public void notice(String text) {
    session.errorPrinter().line("NOTICE: " + text);
  }

  @Override
  public void close() {}
}
