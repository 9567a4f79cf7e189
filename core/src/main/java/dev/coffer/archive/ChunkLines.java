package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.ChunkHasher;
import dev.coffer.chunk.TableHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A chunk's lines as they are stored, with the hash of each, which together are the chunk's; not
 * parsed. With them, where they are open, the lines of sealed values. Is filled with one chunk
 * after another, so that its memory serves again; for one thread at a time.
 *
 * <p>Filled without hashes, it gets them line by line: from another chunk's line of the same bytes,
 * which costs less than a hash, or by {@link #hashLine}. Until {@link OpenedBackup#confirm} has
 * compared them with the chunk's, nobody should rely on the lines.
 *
 * @see OpenedBackup#lines
 * @see OpenedBackup#unconfirmed
 */
public final class ChunkLines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int FIRST = 1 << 10;
  private static final int KEEP = 8 << 20;

  private final ByteSink text = new ByteSink(FIRST);
  private final ByteSink secrets = new ByteSink(0);
  private final ChunkHasher hasher = new ChunkHasher();
  private byte[] laterHashes = {};
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
    Lines.of(
        text,
        (bytes, from, to) -> {
          hasher.line(bytes, from, to - from);
          line(from, to);
        });
    hashes = hasher.hashes();
    return hasher.finish();
  }

  /** Finds the lines of the text, which have no hashes yet. */
  void splitOnly() {
    count = 0;
    secrets.clear(KEEP);
    Lines.of(text, (bytes, from, to) -> line(from, to));
    if (laterHashes.length < Sha256.BYTES * count) {
      laterHashes = new byte[Sha256.BYTES * Math.max(FIRST, count + count / 2)];
    }
    hashes = laterHashes;
  }

  /** The chunk's hash, of lines that all have theirs. */
  byte[] chunkHash() {
    return Sha256.of(hashes, 0, Sha256.BYTES * count);
  }

  private void line(int from, int to) {
    if (2 * count == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * count] = from;
    bounds[2 * count + 1] = to;
    count++;
  }

  /** Adds the lines' hashes to a table's. */
  void addTo(TableHash sum) {
    for (int i = 0; i < count; i++) {
      sum.add(hashes, Sha256.BYTES * i);
    }
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

  /** Whether a line has the same bytes as another chunk's line; if so, it takes over its hash. */
  public boolean sameAs(int line, ChunkLines other, int otherLine) {
    boolean same =
        Arrays.equals(
            text.array(),
            from(line),
            to(line),
            other.text.array(),
            other.from(otherLine),
            other.to(otherLine));
    if (same) {
      System.arraycopy(
          other.hashes, Sha256.BYTES * otherLine, hashes, Sha256.BYTES * line, Sha256.BYTES);
    }
    return same;
  }

  /** Hashes a line. */
  public void hashLine(int line) {
    int count = to(line) - from(line);
    hasher.only(text.array(), from(line), count, hashes, Sha256.BYTES * line);
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
