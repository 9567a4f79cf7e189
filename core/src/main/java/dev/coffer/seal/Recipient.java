package dev.coffer.seal;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The public half of an age key pair, {@code age1…} (age-encryption.org/v1, "The X25519 recipient
 * type"). What is encrypted to a recipient opens with its {@link Identity} alone. Immutable; equal
 * when the text is.
 */
public final class Recipient {
  /** An age header must fit the 64 KiB that jagged reserves for it; a stanza takes about 100. */
  private static final int MOST = 500;

  private final String text;
  private final RecipientStanzaWriter writer;

  private Recipient(String text, RecipientStanzaWriter writer) {
    this.text = text;
    this.writer = writer;
  }

  /**
   * The recipient written as {@code text}.
   *
   * @throws CofferException KEY_INVALID, without the text: it may be a secret pasted by mistake
   */
  public static Recipient parse(String text) {
    return parse(text, "The recipient");
  }

  /**
   * The recipients of a file: one to a line, blank lines and lines that begin with {@code #} left
   * out, each named once.
   *
   * @param origin the file's name for messages
   * @throws CofferException KEY_INVALID with the number of the line, or when there is none
   */
  public static List<Recipient> parseAll(String text, String origin) {
    LinkedHashSet<Recipient> recipients = new LinkedHashSet<>();
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        recipients.add(parse(line, "Line " + number + " of " + origin));
      }
    }
    return checked(new ArrayList<>(recipients), origin);
  }

  /** {@code recipients}, if an age file can be made for them. */
  static List<Recipient> checked(List<Recipient> recipients, String origin) {
    if (recipients.isEmpty()) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          origin + " names no recipient",
          "Write one age1… in a line, or remove the file and run: coffer keys generate");
    }
    if (recipients.size() > MOST) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          origin + " names " + recipients.size() + " recipients; at most " + MOST + " are possible",
          "");
    }
    return List.copyOf(recipients);
  }

  private static Recipient parse(String text, String place) {
    if (!text.startsWith("age1")) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          place + " is not an age recipient",
          text.startsWith(Identity.PREFIX)
              ? "This is a private identity. Remove it there, and write its public half: age-keygen -y"
              : "A recipient begins with age1; age-keygen -y IDENTITY prints it.");
    }
    try {
      RecipientStanzaWriter writer =
          X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(text);
      // A point of low order passes the checksum, and fails only when something is encrypted to it.
      writer.getRecipientStanzas(new FileKey());
      return new Recipient(text, writer);
    } catch (GeneralSecurityException | RuntimeException invalid) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          place + " is not a valid age recipient",
          "Compare it with the original: a character may be missing or wrong. Only X25519 recipients"
              + " (age1…, 62 characters) are supported.",
          invalid);
    }
  }

  RecipientStanzaWriter writer() {
    return writer;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Recipient recipient && recipient.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** {@code age1…} */
  @Override
  public String toString() {
    return text;
  }
}
