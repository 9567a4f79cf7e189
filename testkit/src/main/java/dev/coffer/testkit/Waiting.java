package dev.coffer.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what is bound to happen, however slow the machine. */
public final class Waiting {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Waiting() {}

  /**
   * Returns when {@code condition} holds; asks again and again until then.
   *
   * @param what for the message of the {@link AssertionError} that ends a wait of two minutes
   */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("never came about: " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }
  }

  /** The same for the sessions of Coffer in a database: a server takes a moment to see them go. */
  public static void untilNoSessions(TestDatabase database) {
    until(
        "the end of all sessions",
        () ->
            database
                .value(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'coffer%'"
                        + " AND datname = current_database()")
                .equals("0"));
  }
}
