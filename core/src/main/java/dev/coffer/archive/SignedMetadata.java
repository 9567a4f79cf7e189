package dev.coffer.archive;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.seal.VerifyKey;

/**
 * Whether a document is as it was when it was signed; whose signature it is, {@code verify} says.
 */
public final class SignedMetadata {

  private SignedMetadata() {}

  /**
   * Compares metadata with its signature.
   *
   * @param object the bytes that were signed
   * @throws CofferException {@code BACKUP_NOT_AUTHENTIC}
   */
  public static void check(byte[] object, Part.Signature signature) {
    if (!fits(object, signature)) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_AUTHENTIC,
          "the metadata is not what was signed: the document was changed after it was made",
          "Use another copy of the file, or another backup; 'coffer verify' says more.");
    }
  }

  private static boolean fits(byte[] object, Part.Signature signature) {
    try {
      return VerifyKey.ofRaw(signature.publicKey()).verifies(object, signature.value());
    } catch (CofferException noKey) {
      return false;
    }
  }
}
