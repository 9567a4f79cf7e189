package dev.coffer.bytes;

import java.security.MessageDigest;

/** SHA-256 of bytes that come one after another. For one thread. */
public final class RunningHash {
  private final MessageDigest digest = Sha256.digest();
  private long length;

  public void add(byte[] bytes, int offset, int count) {
    digest.update(bytes, offset, count);
    length += count;
  }

  /** How many bytes there were. */
  public long length() {
    return length;
  }

  /** 32 bytes; nothing can be added any more. */
  public byte[] finish() {
    return digest.digest();
  }
}
