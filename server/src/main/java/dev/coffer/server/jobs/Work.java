package dev.coffer.server.jobs;

import dev.coffer.progress.Progress;

/** What a job does when its turn comes. An interrupt of its thread ends it. */
@FunctionalInterface
public interface Work {

  /**
   * Does it.
   *
   * @throws dev.coffer.error.CofferException when it cannot; the job is failed then, or cancelled
   */
  Result run(Progress progress);

  /**
   * What came of it.
   *
   * @param subject the file it was about
   * @param words for people
   */
  record Result(String subject, String words) {}
}
