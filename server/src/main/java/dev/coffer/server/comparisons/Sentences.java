package dev.coffer.server.comparisons;

import dev.coffer.error.CofferException;

/** What people are told. */
final class Sentences {
  private Sentences() {}

  /** What differs, in one line. */
  static String summary(Report report) {
    if (!report.summary().isEmpty()) {
      return String.join(", ", report.summary());
    }
    return report.same() ? "Nothing differs" : "No record differs, but the structure does";
  }

  static String of(CofferException failure) {
    String fact = failure.fact();
    return fact.isEmpty()
        ? failure.hint()
        : Character.toUpperCase(fact.charAt(0)) + fact.substring(1) + ". " + failure.hint();
  }
}
