package dev.coffer.profile;

import java.util.Arrays;
import java.util.Optional;

/** The ways in which a row can look fake or damaged; see docs/profiles.md. */
public enum Rule {
  PLACEHOLDER_DOMAIN("placeholder-domain", false),
  PLACEHOLDER_TEXT("placeholder-text", false),
  REPEATED_DIGITS("repeated-digits", false),
  SEQUENTIAL_DIGITS("sequential-digits", false),
  IMPOSSIBLE_SORT_CODE("impossible-sort-code", false),
  MOJIBAKE("mojibake", true),
  REPLACEMENT_CHARACTER("replacement-character", true),
  DATE_OUT_OF_RANGE("date-out-of-range", true),
  ORPHAN("orphan", false);

  private final String word;
  private final boolean everywhere;

  Rule(String word, boolean everywhere) {
    this.word = word;
    this.everywhere = everywhere;
  }

  /** The rule as profiles and documents write it. */
  public String word() {
    return word;
  }

  /** Whether it looks at every suitable column unless a profile says otherwise. */
  public boolean everywhere() {
    return everywhere;
  }

  public static Optional<Rule> of(String word) {
    return Arrays.stream(values()).filter(rule -> rule.word.equals(word)).findFirst();
  }
}
