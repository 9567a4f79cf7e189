package dev.coffer.server.keys;

import java.time.Instant;

/**
 * That somebody held a key.
 *
 * @param recipient the public half, {@code age1…}
 * @param actor who showed it
 */
public record KeyTest(String recipient, Instant at, String actor, Means means) {

  /** How it was shown. */
  public enum Means {
    CHALLENGE("a text was decrypted elsewhere"),
    IDENTITY("the key was given to the server for a moment");

    private final String words;

    Means(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
