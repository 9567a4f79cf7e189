package dev.coffer.server.idempotency;

import dev.coffer.server.web.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A caller's name for a request. An answer may hold a secret that is shown once, such as a token,
 * so answers are sealed with what the server does not store: the caller's credential and the key.
 */
final class IdempotencyKey {
  private static final Pattern FORM = Pattern.compile("[\\x20-\\x7e]{1,200}");
  private static final int TAG_BITS = 128;
  private static final int NONCE_BYTES = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String id;
  private final SecretKeySpec seal;

  private IdempotencyKey(String id, SecretKeySpec seal) {
    this.id = id;
    this.seal = seal;
  }

  /**
   * A key of a caller.
   *
   * @param header as it was sent: a string of RFC 9651 with its quotes, or without
   * @param caller stays the same from request to request
   * @param credential that only the caller knows
   * @throws Refused for a header that cannot be a key
   */
  static IdempotencyKey of(String header, String caller, String credential) {
    String text = header.strip();
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    String key = quoted ? text.substring(1, text.length() - 1) : text;
    if (!FORM.matcher(key).matches()) {
      throw new Refused(
          400,
          "IDEMPOTENCY_KEY_INVALID",
          "the header Idempotency-Key cannot be a key",
          "Send 1 to 200 printable ASCII characters, best a random UUID.");
    }
    return new IdempotencyKey(
        HexFormat.of().formatHex(hmac("caller " + caller, key)),
        new SecretKeySpec(hmac("seal " + credential, key), "AES"));
  }

  private static byte[] hmac(String secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What it is stored as. */
  String id() {
    return id;
  }

  /** Seals an answer; a random nonce goes before it. In Base64. */
  String seal(byte[] answer) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(answer);
      return Base64.getEncoder()
          .encodeToString(
              ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Empty where it was sealed with another credential. */
  Optional<byte[]> open(String text) {
    byte[] sealed = Base64.getDecoder().decode(text);
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES))
              .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, seal, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
