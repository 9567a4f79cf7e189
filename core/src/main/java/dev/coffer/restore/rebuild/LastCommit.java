package dev.coffer.restore.rebuild;

import dev.coffer.backup.Cancellable;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.write.CommitFate;
import dev.coffer.postgres.write.TargetSession;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.progress.Progress;
import java.util.function.BiFunction;

/**
 * The commit that completes a rebuild. Where its answer is lost, the server is asked what became of
 * it.
 */
final class LastCommit {
  private final ConnectionSettings settings;
  private final CommitWatch watch;
  private final Progress progress;
  private final BiFunction<WriteTransaction, String, CommitFate> question;
  private CommitFate fate = CommitFate.ABORTED;
  private boolean lost;

  /**
   * @param question what a new connection says of a transaction's number
   */
  LastCommit(
      ConnectionSettings settings,
      CommitWatch watch,
      Progress progress,
      BiFunction<WriteTransaction, String, CommitFate> question) {
    this.settings = settings;
    this.watch = watch;
    this.progress = progress;
    this.question = question;
  }

  /**
   * Commits.
   *
   * @throws CofferException when it was not completed, or nobody knows whether it was
   */
  void run(TargetSession session) throws InterruptedException {
    String number = session.lastTransaction();
    watch.committing(number);
    progress.stage("committing");
    Cancellable.undisturbed(() -> {
      commit(session, number);
      return fate;
    });
  }

  private void commit(TargetSession session, String number) throws InterruptedException {
    CofferException failure;
    try {
      session.commit();
      fate = CommitFate.COMMITTED;
      watch.over(fate);
      return;
    } catch (CofferException unanswered) {
      failure = unanswered;
    }
    session.close();
    fate = CommitFate.ask(settings, again -> question.apply(again, number));
    watch.over(fate);
    if (fate != CommitFate.COMMITTED) {
      throw told(failure);
    }
    lost = true;
  }

  private CofferException told(CofferException failure) {
    return isUncertain()
        ? new CofferException(
            ErrorCode.DATABASE_LOST,
            "the connection was lost while the restore was committed",
            "Whether it was completed only the server knows: the next restore into the database"
                + " asks it, and tells. A database without tables was not restored.",
            failure)
        : new CofferException(
            failure.code(),
            failure.fact() + "; the server has not completed the restore",
            failure.hint(),
            failure);
  }

  /** Whether it may have been completed or not. */
  boolean isUncertain() {
    return fate == CommitFate.UNKNOWN;
  }

  /** Whether it was completed, but the connection is gone. */
  boolean hasLostConnection() {
    return lost;
  }
}
