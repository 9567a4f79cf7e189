package dev.coffer.export;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;

/** Ends a run whose thread was interrupted. */
final class Interrupted {

  private Interrupted() {}

  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw exception();
    }
  }

  static CofferException exception() {
    return new CofferException(ErrorCode.INTERRUPTED, "interrupted: nothing was exported", "");
  }
}
