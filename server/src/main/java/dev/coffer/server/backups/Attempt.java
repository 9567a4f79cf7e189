package dev.coffer.server.backups;

import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.Reading;
import java.util.Locale;
import java.util.Optional;

/**
 * A backup that is not there: still being made, or failed.
 *
 * @param reading how far it is, where it is under way
 */
public record Attempt(Job job, Optional<Reading> reading) {

  /** As filters name it: {@code RUNNING} or {@code FAILED}. */
  public State state() {
    return job.state().over() ? State.FAILED : State.RUNNING;
  }

  /** How it is. */
  public enum State {
    RUNNING("In progress", "blue"),
    FAILED("Failed", "red");

    private final String words;
    private final String colour;

    State(String words, String colour) {
      this.words = words;
      this.colour = colour;
    }

    public String words() {
      return words;
    }

    public String colour() {
      return colour;
    }
  }

  boolean contains(String wanted) {
    return lower(job.reason()).contains(wanted)
        || lower(job.actor().name()).contains(wanted)
        || lower(job.outcome()).contains(wanted);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
