package dev.coffer.seal;

import static java.util.stream.Collectors.joining;

import dev.coffer.bytes.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A riddle that only the holder of an {@link Identity} can solve: a random answer, encrypted to its
 * {@link Recipient}. It shows that somebody still holds a key without the key leaving their hands.
 *
 * @param text an age file in its armour, for {@code age -d -i identity.txt}
 * @param answerHash SHA-256 of the answer, in small hexadecimal digits; the answer has about 124
 *     random bits, so there is nothing to guess that a slow hash would protect
 */
public record KeyChallenge(String text, String answerHash) {
  /** Without letters and digits that are taken for one another. */
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";

  private static final int GROUPS = 5;
  private static final int GROUP = 5;

  /** Of the armour (C2SP, "The age file encryption format"). */
  private static final int LINE = 64;

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A fresh one. The answer is known to nobody until it is decrypted. */
  public static KeyChallenge forHolderOf(Recipient recipient) {
    StringBuilder answer = new StringBuilder();
    for (int at = 0; at < GROUPS * GROUP; at++) {
      if (at > 0 && at % GROUP == 0) {
        answer.append('-');
      }
      answer.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    try (OutputStream encrypting = AgeFile.encrypting(encrypted, List.of(recipient))) {
      encrypting.write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new KeyChallenge(armoured(encrypted.toByteArray()), hash(answer.toString()));
  }

  /**
   * Whether an identity opens it and finds the answer.
   *
   * @throws dev.coffer.error.CofferException KEY_DOES_NOT_OPEN where none of them is the
   *     recipient's; BACKUP_DAMAGED where the text was changed
   */
  public boolean isSolvedBy(List<Identity> identities) {
    String body = text.lines().filter(line -> !line.startsWith("-----")).collect(joining());
    byte[] ageFile = Base64.getDecoder().decode(body);
    try (InputStream decrypting =
        AgeFile.decrypting(new ByteArrayInputStream(ageFile), identities)) {
      String answer = new String(decrypting.readAllBytes(), StandardCharsets.US_ASCII);
      return hash(answer).equals(answerHash);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String armoured(byte[] ageFile) {
    return "-----BEGIN AGE ENCRYPTED FILE-----\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(ageFile)
        + "\n-----END AGE ENCRYPTED FILE-----\n";
  }

  /** The hash of what somebody answers, however it was copied. */
  public static String hash(String answer) {
    String bare = answer.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return Sha256.hex(Sha256.of(bare.getBytes(StandardCharsets.US_ASCII)));
  }
}
