package dev.coffer.server.comparisons;

import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobState;
import dev.coffer.server.jobs.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A comparison as pages show it.
 *
 * @param job empty where it is long gone
 * @param reading how far it is, while this server works on it
 * @param heldUntil how long this server holds its records at most; empty where it does not
 */
record ComparisonView(
    Comparing comparing,
    Optional<Job> job,
    Optional<Reading> reading,
    Optional<Instant> heldUntil) {

  public String id() {
    return comparing.id().toString();
  }

  /** Whether somebody should wait for it. */
  public boolean moving() {
    return comparing.report().isEmpty() && job.map(known -> !known.state().over()).orElse(false);
  }

  public boolean done() {
    return comparing.report().isPresent();
  }

  public boolean cancelled() {
    return job.map(known -> known.state() == JobState.CANCELLED).orElse(false);
  }

  /** Why there is no result. */
  public String problem() {
    return job.filter(known -> known.state().over())
        .map(Job::outcome)
        .orElse("The server stopped while this was under way. Nothing of it is left behind.");
  }

  public boolean held() {
    return heldUntil.isPresent();
  }

  public Report report() {
    return comparing.report().orElseThrow();
  }

  public String summary() {
    return comparing.report().map(Sentences::summary).orElse("");
  }

  /** What the later side is called. */
  public String later() {
    return report().after().live() ? "Now" : "Later";
  }

  public List<Report.TableReport> differing() {
    return report().tables().stream().filter(table -> table.differing() > 0).toList();
  }

  public List<Report.TableReport> restructured() {
    return report().tables().stream().filter(table -> !table.schema().isEmpty()).toList();
  }

  public List<Report.TableReport> alike() {
    return report().tables().stream().filter(table -> table.differing() == 0).toList();
  }

  public boolean structureDiffers() {
    return !report().oneSided().isEmpty()
        || !report().structure().isEmpty()
        || !restructured().isEmpty();
  }

  /** Whether single records can be brought back from the earlier side into the database. */
  public boolean restorable() {
    return report().after().live() && !report().before().legacy();
  }
}
