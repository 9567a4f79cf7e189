package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.ChunkHasher;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A chunk's lines as they are stored, with the hash of each, which together are the chunk's; not
 * parsed. With them, where they are open, the lines of sealed values. Is filled with one chunk
 * after another, so that its memory serves again; for one thread at a time.
 *
 * @see OpenedBackup#lines
 */
public final class ChunkLines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIRST = 1 << 10;
  private static final int KEEP = 8 << 20;

  private final ByteSink text = new ByteSink(FIRST);
  private final ByteSink secrets = new ByteSink(0);
  private final ChunkHasher hasher = new ChunkHasher();
  private int[] bounds = new int[FIRST];
  private int[] secretBounds = {};
  private byte[] hashes = {};
  private int count;

  /** Where the reader puts the chunk's text before {@link #split}. */
  ByteSink content() {
    return text;
  }

  /** Where the reader puts the sealed values, if they are open, before {@link #splitSecrets}. */
  ByteSink secretContent() {
    return secrets;
  }

  /** Finds the lines of the text; answers the chunk's hash. */
  byte[] split() {
    count = 0;
    secrets.clear(KEEP);
    Lines.of(text, this::line);
    hashes = hasher.hashes();
    return hasher.finish();
  }

  private void line(byte[] bytes, int from, int to) {
    hasher.line(bytes, from, to - from);
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = from;
    bounds[2 * count + 1] = to;
    count++;
  }

  /** Finds the lines of the sealed values; false where they are not as many as there are rows. */
  boolean splitSecrets() {
    if (secretBounds.length < 2 * count) {
      secretBounds = new int[2 * count];
    }
    int found = 0;
    int from = 0;
    int limit = secrets.length();
    while (from < limit && found < count) {
      int end = Lines.lineBreak(secrets.array(), from, limit);
      secretBounds[2 * found] = from;
      secretBounds[2 * found + 1] = end;
      found++;
      from = end + 1;
    }
    return found == count && from == limit;
  }

  public int count() {
    return count;
  }

  /** What holds the lines. */
  public byte[] text() {
    return text.array();
  }

  /** Where a line begins in {@link #text}. */
  public int from(int line) {
    return bounds[2 * line];
  }

  /** Where a line ends in {@link #text}. */
  public int to(int line) {
    return bounds[2 * line + 1];
  }

  /** The first eight bytes of a line's hash. */
  public long hash(int line) {
    return (long) LONG.get(hashes, Sha256.BYTES * line);
  }

  /** The next eight bytes of a line's hash. */
  public long moreHash(int line) {
    return (long) LONG.get(hashes, Sha256.BYTES * line + Long.BYTES);
  }

  /** What holds the lines of sealed values, where they are open and there are any. */
  public byte[] secrets() {
    return secrets.array();
  }

  /** Where a row's sealed values begin in {@link #secrets}. */
  public int secretsFrom(int line) {
    return secrets.length() == 0 ? 0 : secretBounds[2 * line];
  }

  /** Where a row's sealed values end in {@link #secrets}; where they begin, if there are none. */
  public int secretsTo(int line) {
    return secrets.length() == 0 ? 0 : secretBounds[2 * line + 1];
  }
}
