package dev.coffer.server.jobs;

/** So many jobs wait that no other is taken on. */
public final class TooManyJobs extends RuntimeException {
  public TooManyJobs(int waiting) {
    super(waiting + " jobs are waiting already. Try again when some have ended.");
  }
}
