package dev.coffer.seal;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Files of the age format (age-encryption.org/v1, binary, X25519 recipients), streamed in pieces of
 * 64 KiB. The {@code age} command reads what is written here, and the other way round.
 */
public final class AgeFile {
  private static final byte[] VERSION_LINE =
      "age-encryption.org/v1\n".getBytes(StandardCharsets.US_ASCII);

  private AgeFile() {}

  /**
   * A stream that encrypts to {@code recipients} what is written to it. Closing it writes the last
   * piece and closes {@code target}: after a failure the file it leaves is well-formed, and short.
   */
  public static OutputStream encrypting(OutputStream target, List<Recipient> recipients)
      throws IOException {
    return Channels.newOutputStream(encrypting(Channels.newChannel(target), recipients));
  }

  static WritableByteChannel encrypting(WritableByteChannel target, List<Recipient> recipients)
      throws IOException {
    List<RecipientStanzaWriter> writers =
        Recipient.checked(recipients, "The list to encrypt to").stream()
            .map(Recipient::writer)
            .toList();
    try {
      return new StandardEncryptingChannelFactory().newEncryptingChannel(target, writers);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This JDK cannot encrypt age files", missing);
    }
  }

  /**
   * The content of the age file that {@code source} holds; closing the stream closes {@code
   * source}.
   *
   * <p>A file for other recipients cannot be told from one whose header was changed just where the
   * key is wrapped, so the latter is reported as the former; every other change, and every cut, is
   * reported as damage by the time the stream ends.
   *
   * @throws dev.coffer.error.CofferException KEY_DOES_NOT_OPEN; BACKUP_DAMAGED, then and from any
   *     later read
   * @throws IOException from {@code source}
   */
  public static InputStream decrypting(InputStream source, List<Identity> identities)
      throws IOException {
    return new AgeInputStream(source, identities);
  }

  /**
   * Whether a file that begins with {@code firstBytes} (22 or more) says it is a binary age file.
   */
  public static boolean looksLikeAge(byte[] firstBytes) {
    if (firstBytes.length < VERSION_LINE.length) {
      return false;
    }
    for (int at = 0; at < VERSION_LINE.length; at++) {
      if (firstBytes[at] != VERSION_LINE[at]) {
        return false;
      }
    }
    return true;
  }
}
