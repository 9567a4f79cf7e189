package dev.coffer.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * The private Ed25519 key (RFC 8032) with which backups are signed. Immutable, safe for use by
 * several threads; never shows itself in a text or a message.
 */
public final class SigningKey {
  static final String LABEL = "PRIVATE KEY";
  private static final byte[] FINGERPRINT_PURPOSE =
      "coffer fingerprint 1".getBytes(StandardCharsets.US_ASCII);

  private final EdECPrivateKey privateKey;
  private final byte[] seed;
  private final VerifyKey verifyKey;

  private SigningKey(EdECPrivateKey privateKey) throws GeneralSecurityException {
    this.privateKey = privateKey;
    this.seed = privateKey.getBytes().orElseThrow(GeneralSecurityException::new);
    this.verifyKey = derive(seed);
  }

  /** A fresh key. */
  public static SigningKey generate() {
    try {
      PrivateKey fresh = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
      return new SigningKey((EdECPrivateKey) fresh);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This JDK has no Ed25519", missing);
    }
  }

  /**
   * The key in {@code text}, PEM of PKCS #8 (RFC 8410) as openssl writes it.
   *
   * @param origin the file's name for messages
   * @throws dev.coffer.error.CofferException KEY_INVALID
   */
  public static SigningKey parse(String text, String origin) {
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(Pem.decode(LABEL, text, origin));
      PrivateKey read = KeyFactory.getInstance("Ed25519").generatePrivate(spec);
      return new SigningKey((EdECPrivateKey) read);
    } catch (GeneralSecurityException invalid) {
      throw Pem.invalid(LABEL, origin);
    }
  }

  /**
   * The public half of a seed. The JDK derives it only while generating, so it is made to generate
   * from this seed; the file format need not carry the public half then.
   */
  private static VerifyKey derive(byte[] seed) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
    PublicKey derived = generator.generateKeyPair().getPublic();
    return VerifyKey.of((EdECPublicKey) derived);
  }

  /** The signature (64 bytes) of {@code parts}, one after another. */
  public byte[] sign(byte[]... parts) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      for (byte[] part : parts) {
        signature.update(part);
      }
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("A valid Ed25519 key did not sign", impossible);
    }
  }

  /** The public half. */
  public VerifyKey verifyKey() {
    return verifyKey;
  }

  /**
   * The key for {@link Fingerprint}: HMAC-SHA256 under the seed (32 bytes) of the text {@code
   * coffer fingerprint 1}.
   */
  public byte[] fingerprintKey() {
    return new Fingerprint(seed).whole(FINGERPRINT_PURPOSE);
  }

  String pem() {
    return Pem.encode(LABEL, privateKey.getEncoded());
  }

  /** Names the public half; never the key. */
  @Override
  public String toString() {
    return "signing key of " + verifyKey.fingerprint();
  }

  private static final class FixedRandom extends SecureRandom {
    private final transient byte[] bytes;

    FixedRandom(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void nextBytes(byte[] target) {
      System.arraycopy(bytes, 0, target, 0, target.length);
    }
  }
}
