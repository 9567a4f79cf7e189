package dev.coffer.seal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Opens the sealed pieces of one backup. Safe for use by several threads. */
public final class BackupOpener {
  private final List<Identity> identities;

  private BackupOpener(List<Identity> identities) {
    this.identities = identities;
  }

  /**
   * The opener of a backup.
   *
   * @param wrappedIdentity of the document's {@code sealing}
   * @param identities of the recipients, or the backup's own, which somebody else may have been
   *     given
   * @param key of the document's {@code sealing}: the backup's own recipient
   * @param recipients of the document's {@code sealing}, for the message alone; may be empty
   * @throws CofferException KEY_DOES_NOT_OPEN, naming the recipients that would; BACKUP_DAMAGED
   */
  public static BackupOpener open(
      byte[] wrappedIdentity, List<Identity> identities, String key, List<String> recipients) {
    Optional<Identity> own =
        identities.stream()
            .filter(identity -> identity.recipient().toString().equals(key))
            .findFirst();
    if (own.isPresent()) {
      return new BackupOpener(List.of(own.get()));
    }
    try {
      String text = new String(content(wrappedIdentity, identities), StandardCharsets.US_ASCII);
      return new BackupOpener(Identity.parse(text, "the backup's wrapped identity"));
    } catch (CofferException failure) {
      throw switch (failure.code()) {
        case KEY_DOES_NOT_OPEN -> doesNotOpen(identities, recipients, failure);
        case KEY_INVALID, BACKUP_DAMAGED -> damaged("The backup's wrapped identity", failure);
        default -> failure;
      };
    }
  }

  /** The same where neither key nor recipients are known. */
  public static BackupOpener open(byte[] wrappedIdentity, List<Identity> identities) {
    return open(wrappedIdentity, identities, "", List.of());
  }

  private static CofferException doesNotOpen(
      List<Identity> identities, List<String> recipients, CofferException cause) {
    String given =
        identities.isEmpty()
            ? "No identity was given"
            : "The identity of " + AgeInputStream.named(identities) + " does not open this backup";
    return new CofferException(
        ErrorCode.KEY_DOES_NOT_OPEN,
        given,
        recipients.isEmpty()
            ? "Name the file that holds the right one: --identity FILE"
            : "The identity of "
                + String.join(" or ", recipients)
                + " would; name the file that holds it: --identity FILE",
        cause);
  }

  /** The public half of this backup's key, to be compared with the document's {@code key}. */
  public String key() {
    return identities.getFirst().recipient().toString();
  }

  /**
   * The content of a sealed piece.
   *
   * @throws CofferException BACKUP_DAMAGED when it was changed, cut, or sealed for another backup
   */
  public byte[] open(byte[] ageFile) {
    try {
      return content(ageFile, identities);
    } catch (CofferException failure) {
      throw damaged("A piece of sealed values", failure);
    }
  }

  private static byte[] content(byte[] ageFile, List<Identity> identities) {
    try (InputStream decrypting =
        AgeFile.decrypting(new ByteArrayInputStream(ageFile), identities)) {
      return decrypting.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static CofferException damaged(String what, CofferException cause) {
    return new CofferException(
        ErrorCode.BACKUP_DAMAGED,
        what + " is damaged",
        "Take another copy of the backup; coffer verify says what else is affected.",
        cause);
  }
}
