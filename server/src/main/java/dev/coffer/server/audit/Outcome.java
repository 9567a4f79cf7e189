package dev.coffer.server.audit;

/** How an action ended. */
public enum Outcome {
  DONE("Done"),
  FAILED("Failed"),
  REFUSED("Refused"),
  CANCELLED("Cancelled");

  private final String words;

  Outcome(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
