package dev.coffer.server.jobs;

/** What a job does. Jobs of one kind run one after another. */
public enum JobKind {
  BACKUP("Backup", "Creating a backup"),
  VERIFICATION("Check", "Checking"),
  PROOF("Trial restore", "Restoring on trial"),
  COMPARISON("Comparison", "Comparing"),
  /** Also the undoing of one: the database is changed by one thing at a time. */
  RESTORE("Restore", "Restoring");

  private final String words;
  private final String doing;

  JobKind(String words, String doing) {
    this.words = words;
    this.doing = doing;
  }

  public String words() {
    return words;
  }

  /** What is being done; the subject follows, where there is one. */
  public String doing() {
    return doing;
  }
}
