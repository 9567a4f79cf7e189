package dev.coffer.server.jobs;

/** How far a job is. */
public enum JobState {
  WAITING,
  RUNNING,
  DONE,
  FAILED,
  CANCELLED;

  public boolean over() {
    return this == DONE || this == FAILED || this == CANCELLED;
  }
}
