package dev.coffer.legacy;

import dev.coffer.model.Finding;

/** Ends the reading of a legacy file at a place where it cannot be understood any more. */
final class LegacyDamage extends RuntimeException {
  private final transient Finding finding;

  LegacyDamage(Finding.Code code, String place, String meaning) {
    super(meaning + ": " + place);
    this.finding = Finding.error(code, place, meaning);
  }

  Finding finding() {
    return finding;
  }
}
