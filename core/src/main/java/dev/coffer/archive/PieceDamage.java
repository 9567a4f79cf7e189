package dev.coffer.archive;

import dev.coffer.model.Finding;

/** A part of a file that cannot be read. */
public final class PieceDamage extends Exception {
  private final Finding.Code code;
  private final String place;

  PieceDamage(Finding.Code code, String place, String meaning) {
    super(meaning, null, false, false);
    this.code = code;
    this.place = place;
  }

  public Finding finding() {
    return Finding.error(code, place, String.valueOf(getMessage()));
  }
}
