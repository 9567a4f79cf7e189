package dev.coffer.retention;

import java.util.Optional;

/**
 * What a rule says of a backup.
 *
 * @param keptBecause a sentence's end, such as {@code it is the newest}; empty when it may go
 */
public record Verdict(Candidate candidate, Optional<String> keptBecause) {

  public boolean deletes() {
    return keptBecause.isEmpty();
  }

  static Verdict keep(Candidate candidate, String because) {
    return new Verdict(candidate, Optional.of(because));
  }

  static Verdict delete(Candidate candidate) {
    return new Verdict(candidate, Optional.empty());
  }
}
