package dev.coffer.cli.progress;

import dev.coffer.cli.terminal.Session;
import dev.coffer.progress.Progress;

/** Progress as the user sees it, until closed. */
public abstract sealed class ShownProgress implements Progress, AutoCloseable
    permits LiveProgress, PlainProgress, QuietProgress {

  /** A live bar on a terminal, plain lines elsewhere, nothing but notices when quiet. */
  public static ShownProgress on(Session session, boolean quiet) {
    if (quiet) {
      return new QuietProgress(session);
    }
    return session.live() ? new LiveProgress(session) : new PlainProgress(session);
  }

  /** Ends the showing and leaves the terminal as it was. */
  @Override
  public abstract void close();
}
