package dev.coffer.seal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public Ed25519 key (RFC 8032), with which signatures are checked. Immutable; equal when the
 * bytes are.
 */
public final class VerifyKey {
  static final String LABEL = "PUBLIC KEY";
  private static final int RAW_BYTES = 32;

  /** What precedes the key in its DER encoding (RFC 8410, section 4). */
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final PublicKey publicKey;
  private final byte[] raw;

  private VerifyKey(byte[] der) throws GeneralSecurityException {
    if (der.length != PREFIX.length + RAW_BYTES) {
      throw new GeneralSecurityException("Length differs");
    }
    this.publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
    this.raw = Arrays.copyOfRange(der, PREFIX.length, der.length);
  }

  static VerifyKey of(EdECPublicKey publicKey) throws GeneralSecurityException {
    return new VerifyKey(publicKey.getEncoded());
  }

  /**
   * The key with these 32 bytes.
   *
   * @throws CofferException KEY_INVALID
   */
  public static VerifyKey ofRaw(byte[] raw) {
    try {
      byte[] der = Arrays.copyOf(PREFIX, PREFIX.length + raw.length);
      System.arraycopy(raw, 0, der, PREFIX.length, raw.length);
      return new VerifyKey(der);
    } catch (GeneralSecurityException invalid) {
      throw new CofferException(
          ErrorCode.KEY_INVALID, "The public key is not an Ed25519 key", "", invalid);
    }
  }

  /**
   * The key in {@code text}, PEM of SubjectPublicKeyInfo (RFC 8410) as openssl writes it.
   *
   * @param origin the file's name for messages
   * @throws CofferException KEY_INVALID
   */
  public static VerifyKey parse(String text, String origin) {
    try {
      return new VerifyKey(Pem.decode(LABEL, text, origin));
    } catch (GeneralSecurityException invalid) {
      throw Pem.invalid(LABEL, origin);
    }
  }

  /** The 32 bytes of the key. */
  public byte[] raw() {
    return raw.clone();
  }

  /** Whether {@code signature} is this key's for {@code message}. */
  public boolean verifies(byte[] message, byte[] signature) {
    try {
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(publicKey);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** For people to compare: 80 bits of the key's SHA-256, as five groups of four hex digits. */
  public String fingerprint() {
    String hex = HexFormat.of().formatHex(Fingerprint.sha256().digest(raw), 0, 10);
    return hex.replaceAll("(.{4})(?!$)", "$1-");
  }

  String pem() {
    return Pem.encode(LABEL, publicKey.getEncoded());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyKey key && Arrays.equals(key.raw, raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
