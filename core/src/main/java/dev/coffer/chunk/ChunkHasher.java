package dev.coffer.chunk;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * Hashes lines one by one: each line's own hash goes into the chunk's and, if wanted, the table's.
 * One instance per thread.
 */
public final class ChunkHasher {
  private static final int KEEP = 1 << 20;
  private final MessageDigest digest = Sha256.digest();
  private final ByteSink hashes = new ByteSink(1 << 16);

  /** Adds a line; answers where its hash now stands in {@link #hashes}. */
  public int line(byte[] bytes, int offset, int count) {
    hashes.ensure(Sha256.BYTES);
    int at = hashes.length();
    only(bytes, offset, count, hashes.array(), at);
    hashes.length(at + Sha256.BYTES);
    return at;
  }

  /** Puts a line's hash into {@code target} from {@code at}, and adds it to no chunk. */
  public void only(byte[] bytes, int offset, int count, byte[] target, int at) {
    digest.update(bytes, offset, count);
    try {
      digest.digest(target, at, Sha256.BYTES);
    } catch (DigestException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The hashes of the lines so far, 32 bytes each. */
  public byte[] hashes() {
    return hashes.array();
  }

  /** The chunk's hash; the next line begins another chunk. */
  public byte[] finish() {
    byte[] hash = Sha256.of(hashes.array(), 0, hashes.length());
    hashes.clear(KEEP);
    return hash;
  }
}
