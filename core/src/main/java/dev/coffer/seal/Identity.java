package dev.coffer.seal;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.x25519.X25519KeyFactory;
import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * The private half of an age key pair, {@code AGE-SECRET-KEY-1…}: whoever holds it opens what was
 * encrypted to its {@link #recipient()}. Immutable; it never shows itself in a text or a message.
 */
public final class Identity {
  static final String PREFIX = "AGE-SECRET-KEY-1";

  private final String secret;
  private final Recipient recipient;
  private final RecipientStanzaReader reader;

  private Identity(String secret) throws GeneralSecurityException {
    this.secret = secret;
    this.reader = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(secret);
    SecretKeySpec spec =
        new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "X25519 identity");
    byte[] encoded = new X25519KeyFactory().translateKey(spec).getEncoded();
    this.recipient = Recipient.parse(new String(encoded, StandardCharsets.US_ASCII));
  }

  static Identity generate() {
    try {
      byte[] encoded = new X25519KeyPairGenerator().generateKeyPair().getPrivate().getEncoded();
      return new Identity(new String(encoded, StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This JDK has no X25519", missing);
    }
  }

  /**
   * The identities of a file as age-keygen writes it.
   *
   * @throws CofferException FILE_UNREADABLE; KEY_INVALID when it holds anything but identities
   */
  public static List<Identity> read(Path file) {
    return parse(KeyFiles.read(file), file.toString());
  }

  /**
   * The identities in {@code text}: one to a line, blank lines and lines that begin with {@code #}
   * left out.
   *
   * @param origin the file's name for messages
   * @throws CofferException KEY_INVALID with the number of the line, or when there is none
   */
  public static List<Identity> parse(String text, String origin) {
    if (AgeFile.looksLikeAge(text.getBytes(StandardCharsets.UTF_8))
        || text.startsWith("-----BEGIN AGE ENCRYPTED FILE-----")) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          origin + " is an identity file protected by a passphrase",
          "Decrypt it first: age -d -o identity.txt " + origin);
    }
    List<Identity> identities = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        identities.add(parseLine(line, "Line " + number + " of " + origin));
      }
    }
    if (identities.isEmpty()) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          origin + " holds no identity",
          "An identity is a line that begins with " + PREFIX);
    }
    return List.copyOf(identities);
  }

  private static Identity parseLine(String line, String place) {
    if (!line.startsWith(PREFIX)) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          place + " is not an age identity",
          line.startsWith("age1")
              ? "This is a public recipient; the identity is the private half of it."
              : "An identity begins with " + PREFIX + "; SSH keys and plugins are not supported.");
    }
    try {
      return new Identity(line);
    } catch (GeneralSecurityException | RuntimeException invalid) {
      // The cause is left out: its message may quote characters of the secret.
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          place + " is not a valid age identity",
          "Compare it with the original: a character may be missing or wrong.");
    }
  }

  /** The public half. */
  public Recipient recipient() {
    return recipient;
  }

  RecipientStanzaReader reader() {
    return reader;
  }

  /**
   * The content of an identity file, as age-keygen writes it, and the {@code age} command reads.
   */
  String fileText(Instant created) {
    return "# created: %s%n# public key: %s%n%s%n"
        .replace("%n", "\n")
        .formatted(created.truncatedTo(ChronoUnit.SECONDS), recipient, secret);
  }

  /** Names the recipient; never the secret. */
  @Override
  public String toString() {
    return "identity of " + recipient;
  }
}
