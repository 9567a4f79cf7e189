package dev.coffer.restore.rebuild;

import dev.coffer.postgres.write.CommitFate;

/** Is told of the commit that completes a rebuild, so that its end can be learned later. */
public interface CommitWatch {
  /** For whoever needs to know nothing. */
  CommitWatch NONE =
      new CommitWatch() {
        @Override
        public void committing(String transactionId) {}

        @Override
        public void over(CommitFate fate) {}
      };

  /**
   * The commit comes next.
   *
   * @param transactionId by which the server knows it
   */
  void committing(String transactionId);

  /** What became of it. */
  void over(CommitFate fate);
}
