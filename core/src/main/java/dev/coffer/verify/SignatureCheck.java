package dev.coffer.verify;

import dev.coffer.archive.Part;
import dev.coffer.error.CofferException;
import dev.coffer.model.Finding;
import dev.coffer.model.Finding.Code;
import dev.coffer.seal.VerifyKey;
import java.util.List;

/** Whether the metadata was signed, and by someone who is trusted. */
final class SignatureCheck {
  private static final String PLACE = "the signature";

  private SignatureCheck() {}

  static List<Finding> findings(
      Part.Signature signature, byte[] message, List<VerifyKey> trustedSigners) {
    VerifyKey signer;
    try {
      signer = VerifyKey.ofRaw(signature.publicKey());
    } catch (CofferException invalid) {
      return List.of(
          Finding.error(Code.SIGNATURE_INVALID, PLACE, "its public key is not an Ed25519 key"));
    }
    if (!signer.verifies(message, signature.value())) {
      return List.of(
          Finding.error(
              Code.SIGNATURE_INVALID,
              PLACE,
              "it does not belong to this metadata: the document was changed after it was made"));
    }
    if (trustedSigners.isEmpty()) {
      return List.of(
          Finding.note(
              Code.SIGNER_UNKNOWN,
              PLACE,
              "it is valid, but there is no trusted key to compare its key "
                  + signer.fingerprint()
                  + " with"));
    }
    if (!trustedSigners.contains(signer)) {
      return List.of(
          Finding.error(
              Code.SIGNER_NOT_TRUSTED,
              PLACE,
              "it was made with key " + signer.fingerprint() + ", which is not trusted here"));
    }
    return List.of();
  }
}
