package dev.coffer.server.jobs;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.util.Arrays;
import java.util.Optional;

/**
 * A job as the state tells it to every server.
 *
 * @param order empty where only the server that was asked knows what is to be done
 * @param server that has it; empty while any may take it
 * @param cancelAsked whether somebody wants it to end
 * @param progress as its server last told; empty before it has begun
 * @param error the code of the error by which it failed; empty where none is known
 */
record JobRow(
    Job job,
    Optional<Order> order,
    String server,
    boolean cancelAsked,
    Optional<Reading> progress,
    String error) {

  /** One that is new, for the server of that name, or for any. */
  static JobRow asked(Job job, Optional<Order> order, String server) {
    return new JobRow(job, order, server, false, Optional.empty(), "");
  }

  boolean isAt(String other) {
    return server.equals(other);
  }

  Reading reading() {
    return job.state() == JobState.WAITING ? Reading.WAITING : progress.orElse(Reading.STARTING);
  }

  /** Why it failed, where the engine said so on another server. */
  Optional<CofferException> failure() {
    return Arrays.stream(ErrorCode.values())
        .filter(code -> code.name().equals(error))
        .findFirst()
        .map(code -> new CofferException(code, fact(), ""));
  }

  private String fact() {
    String words = job.outcome();
    return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
  }
}
