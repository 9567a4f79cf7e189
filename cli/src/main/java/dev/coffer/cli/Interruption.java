package dev.coffer.cli;

import dev.coffer.cli.terminal.Session;
import dev.coffer.error.ExitStatus;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the working thread, waits until that has cleaned up
 * behind itself, and ends the process with status 130. Java runs shutdown hooks on these signals
 * while the other threads go on, which is what makes the wait possible.
 */
final class Interruption {
  private static final long PATIENCE_SECONDS = 10;
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private final CountDownLatch over = new CountDownLatch(1);
  private final Session session;
  private final Thread working;
  private volatile boolean finished;

  private Interruption(Session session, Thread working) {
    this.session = session;
    this.working = working;
  }

  static Interruption watch(Session session, Thread working) {
    Interruption interruption = new Interruption(session, working);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::cancel, "interruption"));
    return interruption;
  }

  /** The work is over: what follows is the process's ordinary end. */
  void finished() {
    finished = true;
    over.countDown();
  }

  private void cancel() {
    if (finished) {
      return;
    }
    working.interrupt();
    boolean cleaned = false;
    try {
      cleaned = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
    if (!cleaned && session.live()) {
      session.err().print(SHOW_CURSOR);
      session.err().flush();
    }
    Runtime.getRuntime().halt(ExitStatus.INTERRUPTED);
  }
}
