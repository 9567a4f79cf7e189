package dev.coffer.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
  public static final int BYTES = 32;

  private Sha256() {}

  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static byte[] of(byte[] bytes, int offset, int count) {
    MessageDigest digest = digest();
    digest.update(bytes, offset, count);
    return digest.digest();
  }

  public static byte[] of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** The hash of all that the stream still gives. */
  public static byte[] of(InputStream input) throws IOException {
    MessageDigest digest = digest();
    byte[] buffer = new byte[1 << 16];
    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
      digest.update(buffer, 0, count);
    }
    return digest.digest();
  }

  /** The hash as the document writes it: 64 lower-case hexadecimal digits. */
  public static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }
}
