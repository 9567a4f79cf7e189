package dev.coffer.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;

/** The first half of SHA-256 of one stretch of bytes after another. For one thread. */
public final class LineHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest = Sha256.digest();
  private final byte[] hash = new byte[Sha256.BYTES];

  /** Hashes a stretch; {@link #high} and {@link #low} tell of it from now on. */
  public void of(byte[] bytes, int offset, int count) {
    digest.update(bytes, offset, count);
    try {
      digest.digest(hash, 0, Sha256.BYTES);
    } catch (DigestException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The first eight bytes. */
  public long high() {
    return (long) LONG.get(hash, 0);
  }

  /** The next eight. */
  public long low() {
    return (long) LONG.get(hash, Long.BYTES);
  }
}
