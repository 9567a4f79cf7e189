package dev.coffer.server.backups;

import dev.coffer.model.BackupInfo;
import java.util.Locale;
import java.util.Optional;

/** How far a backup can be relied on, in the words of the pages. */
public enum Standing {
  PROVEN("Proven", "green", "Restored on trial, and every record matched."),
  VERIFIED("Checked", "blue", "Every part was read and is as it was written and signed."),
  UNVERIFIED("Not checked", "yellow", "It can be read. Nobody has checked every part of it yet."),
  ENCRYPTED("Locked", "secondary", "Encrypted as a whole: it opens with its key only."),
  LEGACY("Earlier system", "secondary", "Made by the portal before Coffer: its checksum is weak."),
  CORRUPTED("Damaged", "red", "It cannot be relied on.");

  private final String words;
  private final String colour;
  private final String meaning;

  Standing(String words, String colour, String meaning) {
    this.words = words;
    this.colour = colour;
    this.meaning = meaning;
  }

  /** As programs see it: {@code proven}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a file says about itself, and what a check of it said. */
  static Standing of(BackupInfo info, Optional<Verification> verification) {
    if (verification.isPresent() && !verification.get().sound()) {
      return CORRUPTED;
    }
    return switch (info.state()) {
      case PROVEN -> PROVEN;
      case UNVERIFIED -> verification.isPresent() ? VERIFIED : UNVERIFIED;
      case ENCRYPTED -> ENCRYPTED;
      case LEGACY -> LEGACY;
      case CORRUPTED -> CORRUPTED;
    };
  }

  /** Whether a restore from it can be expected to succeed. */
  boolean usable() {
    return this == PROVEN || this == VERIFIED || this == UNVERIFIED || this == ENCRYPTED;
  }

  public String words() {
    return words;
  }

  public String colour() {
    return colour;
  }

  public String meaning() {
    return meaning;
  }
}
