package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** What became of a commit whose answer did not come: the server knows. */
public enum CommitFate {
  COMMITTED,
  ABORTED,
  /** Not over yet, nobody could be asked, or the server no longer knows. */
  UNKNOWN;

  private static final int ATTEMPTS = 5;

  /** As a transaction's status tells it. */
  public static CommitFate of(WriteTransaction connection, String transactionId) {
    return switch (connection.statusOf(transactionId).orElse("")) {
      case "committed" -> COMMITTED;
      case "aborted" -> ABORTED;
      default -> UNKNOWN;
    };
  }

  /**
   * Asks on new connections, for some seconds, until the answer is known.
   *
   * @param question may be asked several times
   */
  public static CommitFate ask(
      ConnectionSettings settings, Function<WriteTransaction, CommitFate> question)
      throws InterruptedException {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      TimeUnit.MILLISECONDS.sleep(200L << attempt);
      try (WriteTransaction again =
          WriteTransaction.open(settings, SharedSnapshot.Timeouts.DEFAULT)) {
        CommitFate fate = question.apply(again);
        if (fate != UNKNOWN) {
          return fate;
        }
      } catch (CofferException unreachable) {
        // It is asked again.
      }
    }
    return UNKNOWN;
  }
}
