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
 * parsed. With them, where they are open, the lines of sealed values.
 */
public final class ChunkLines {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] NONE = {};

  private final byte[] text;
  private final int[] bounds;
  private final byte[] hashes;
  private final byte[] chunkHash;
  private final int count;
  private byte[] secrets = NONE;
  private int[] secretBounds = {};

  private ChunkLines(byte[] text, int[] bounds, int count, byte[] hashes, byte[] chunkHash) {
    this.text = text;
    this.bounds = bounds;
    this.count = count;
    this.hashes = hashes;
    this.chunkHash = chunkHash;
  }

  static ChunkLines of(ByteSink chunk, long expectedRows) {
    ChunkHasher hasher = new ChunkHasher();
    Bounds found = new Bounds(Math.clamp(expectedRows, 1, 1 << 16));
    Lines.of(
        chunk,
        (bytes, from, to) -> {
          hasher.line(bytes, from, to - from);
          found.add(from, to);
        });
    byte[] hashes = hasher.hashes();
    return new ChunkLines(chunk.array(), found.places, found.count / 2, hashes, hasher.finish());
  }

  /** Takes the lines of sealed values, one for each row; false where they are not as many. */
  boolean open(byte[] lines) {
    Bounds found = new Bounds(count);
    int from = 0;
    while (from < lines.length) {
      int end = Lines.lineBreak(lines, from, lines.length);
      found.add(from, end);
      from = end + 1;
    }
    secrets = lines;
    secretBounds = found.places;
    return found.count / 2 == count;
  }

  /** Places that come in pairs. */
  private static final class Bounds {
    private int[] places;
    private int count;

    Bounds(int expected) {
      places = new int[2 * expected];
    }

    void add(int from, int to) {
      if (count == places.length) {
        places = Arrays.copyOf(places, 2 * count + 2);
      }
      places[count++] = from;
      places[count++] = to;
    }
  }

  boolean hashIs(String sha256) {
    return Sha256.hex(chunkHash).equals(sha256);
  }

  public int count() {
    return count;
  }

  /** What holds the lines. */
  public byte[] text() {
    return text;
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

  /** What holds the lines of sealed values; no bytes where they are closed or there are none. */
  public byte[] secrets() {
    return secrets;
  }

  /** Where a row's sealed values begin in {@link #secrets}. */
  public int secretsFrom(int line) {
    return secrets.length == 0 ? 0 : secretBounds[2 * line];
  }

  /** Where a row's sealed values end in {@link #secrets}. */
  public int secretsTo(int line) {
    return secrets.length == 0 ? 0 : secretBounds[2 * line + 1];
  }
}
