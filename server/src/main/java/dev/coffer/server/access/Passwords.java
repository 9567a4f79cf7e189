package dev.coffer.server.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/** Random passwords, and what a chosen one has to be. */
public final class Passwords {
  /**
   * Characters. NIST SP 800-63B asks for 8 at least, and for no rules about kinds of characters.
   */
  static final int SHORTEST = 12;

  /** Bytes: bcrypt takes no more into account. */
  static final int LONGEST_BYTES = 72;

  /** Without letters and digits that are taken for one another. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int GROUP = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Passwords() {}

  /** A password of 25 characters, about 123 bits, in groups for reading it out. */
  static String random() {
    StringBuilder password = new StringBuilder();
    for (int at = 0; at < GROUPS * GROUP; at++) {
      if (at > 0 && at % GROUP == 0) {
        password.append('-');
      }
      password.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  /** What is wrong with a chosen password; empty when nothing is. */
  static Optional<String> objection(String password, String name) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      return Optional.of("Use at least " + SHORTEST + " characters. A few words will do.");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      return Optional.of("That is too long: use at most " + LONGEST_BYTES + " characters.");
    }
    boolean monotonous = password.codePoints().distinct().count() < 5;
    if (monotonous || Accounts.normal(password).contains(Accounts.normal(name))) {
      return Optional.of("That is too easy to guess: use a few words that are not your name.");
    }
    return Optional.empty();
  }
}
