package dev.coffer.seal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A keyed fingerprint: the first 48 bits of HMAC-SHA256 (RFC 2104), as 8 characters of base64url
 * (RFC 4648). One instance for each thread.
 *
 * <p>Written out over {@link MessageDigest} because {@code javax.crypto.Mac} allocates for every
 * message, and a backup makes one for every row that has secrets.
 */
public final class Fingerprint {
  /** Length of a fingerprint in characters, and in bytes: they are ASCII. */
  public static final int LENGTH = 8;

  private static final int BLOCK_BYTES = 64;
  private static final int HASH_BYTES = 32;
  private static final byte[] ALPHABET = alphabet();

  private final MessageDigest sha256;
  private final byte[] inner = new byte[BLOCK_BYTES];
  private final byte[] outer = new byte[BLOCK_BYTES];
  private final byte[] hash = new byte[HASH_BYTES];

  /**
   * Fingerprints under {@code key}, which is copied.
   *
   * @param key any length; beyond 64 bytes its hash is used, as RFC 2104 says
   */
  public Fingerprint(byte[] key) {
    sha256 = sha256();
    byte[] block = Arrays.copyOf(key.length > BLOCK_BYTES ? sha256.digest(key) : key, BLOCK_BYTES);
    for (int at = 0; at < BLOCK_BYTES; at++) {
      inner[at] = (byte) (block[at] ^ 0x36);
      outer[at] = (byte) (block[at] ^ 0x5c);
    }
  }

  /** Writes the fingerprint of a stretch of {@code message} into {@code target}. */
  public void of(byte[] message, int offset, int length, byte[] target, int at) {
    authenticate(message, offset, length);
    for (int from = 0, to = at; from < 6; from += 3, to += 4) {
      int bits = (hash[from] & 0xff) << 16 | (hash[from + 1] & 0xff) << 8 | (hash[from + 2] & 0xff);
      target[to] = ALPHABET[bits >>> 18];
      target[to + 1] = ALPHABET[bits >>> 12 & 63];
      target[to + 2] = ALPHABET[bits >>> 6 & 63];
      target[to + 3] = ALPHABET[bits & 63];
    }
  }

  /** All 256 bits for {@code message}. */
  byte[] whole(byte[] message) {
    authenticate(message, 0, message.length);
    return hash.clone();
  }

  private void authenticate(byte[] message, int offset, int length) {
    try {
      sha256.update(inner);
      sha256.update(message, offset, length);
      sha256.digest(hash, 0, HASH_BYTES);
      sha256.update(outer);
      sha256.update(hash);
      sha256.digest(hash, 0, HASH_BYTES);
    } catch (DigestException impossible) {
      throw new IllegalStateException("SHA-256 does not fit 32 bytes", impossible);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  private static byte[] alphabet() {
    byte[] alphabet = new byte[64];
    for (int at = 0; at < 26; at++) {
      alphabet[at] = (byte) ('A' + at);
      alphabet[at + 26] = (byte) ('a' + at);
    }
    for (int at = 0; at < 10; at++) {
      alphabet[at + 52] = (byte) ('0' + at);
    }
    alphabet[62] = '-';
    alphabet[63] = '_';
    return alphabet;
  }
}
