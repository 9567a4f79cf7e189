package dev.coffer.server.jobs;

/** What a job does. Jobs of one kind run one after another. */
public enum JobKind {
  BACKUP("Backup"),
  VERIFICATION("Check");

  private final String words;

  JobKind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
