package dev.coffer.server.settings;

import dev.coffer.server.keys.KeyTest;
import java.util.List;
import java.util.Optional;

/**
 * The keys of this server.
 *
 * @param home the folder in which they lie
 * @param secretHere the file with the secret key, where it still lies on this machine
 * @param problem why something of it cannot be read
 */
public record Keys(
    String home,
    List<Holder> recipients,
    Optional<String> secretHere,
    List<Signer> signers,
    Optional<String> problem) {

  /**
   * A key that secrets are locked to.
   *
   * @param recipient its public half, {@code age1…}
   * @param due whether it is time for another test
   */
  public record Holder(String recipient, Optional<KeyTest> test, boolean due) {
    private static final int HEAD = 12;
    private static final int TAIL = 6;

    /** What people compare: {@code age1q3k9z8lm…x7w0ty}. */
    public String shortForm() {
      return recipient.length() <= HEAD + TAIL
          ? recipient
          : recipient.substring(0, HEAD) + "…" + recipient.substring(recipient.length() - TAIL);
    }
  }

  /**
   * A key whose signatures are believed.
   *
   * @param own whether this server signs with it
   */
  public record Signer(String fingerprint, boolean own) {}
}
