package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.QuickSum;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.ChunkHasher;
import dev.coffer.chunk.TableHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A chunk's lines as they are stored, with the hash of each, which together are the chunk's; not
 * parsed. With them, where they are open, the lines of sealed values. Is filled with one chunk
 * after another, so that its memory serves again; for one thread at a time.
 *
 * <p>A line is hashed when its hash is asked for, unless it got it before: because the chunk had to
 * be compared with its hash, or from another chunk's line of the same bytes. Until {@link
 * OpenedBackup#confirm}, nobody should rely on lines that are unconfirmed.
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
  private final BitSet hashed = new BitSet();
  private int count;

  /** Of how many lines the bounds are known, and where the next line begins. */
  private int known;

  private int nextFrom;

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
    begin();
    Lines.of(
        text,
        (bytes, from, to) -> {
          hasher.line(bytes, from, to - from);
          line(from, to);
        });
    end();
    hashes = hasher.hashes();
    hashed.set(0, count);
    return hasher.finish();
  }

  private void begin() {
    known = 0;
    nextFrom = 0;
    hashed.clear();
    secrets.clear(KEEP);
  }

  /** Finds the lines of the text, which have no hashes yet. */
  void splitOnly() {
    begin();
    Lines.of(text, (bytes, from, to) -> line(from, to));
    end();
    withoutHashes();
  }

  private void end() {
    count = known;
    nextFrom = text.length();
  }

  private void withoutHashes() {
    if (laterHashes.length < Sha256.BYTES * count) {
      laterHashes = new byte[Sha256.BYTES * Math.max(FIRST, count + count / 2)];
    }
    hashes = laterHashes;
  }

  /**
   * Has the lines found one after another as they are asked for: what is compared with another
   * chunk's lines need not be looked through for its ends. {@link #isWhole} tells whether they were
   * as many.
   *
   * @return false if the text cannot have so many lines
   */
  boolean splitLater(long rows) {
    begin();
    if (rows < 0 || rows > text.length()) {
      return false;
    }
    count = (int) rows;
    withoutHashes();
    return true;
  }

  /** Whether the text has as many lines as it was said to have, and nothing after them. */
  boolean isWhole() {
    while (known < count && nextFrom < text.length()) {
      findNext();
    }
    return known == count && nextFrom >= text.length();
  }

  private void findNext() {
    int limit = text.length();
    int end = Lines.lineBreak(text.array(), nextFrom, limit);
    line(nextFrom, Lines.withoutComma(text.array(), nextFrom, end, limit));
    nextFrom = end + 1;
  }

  private void require(int line) {
    while (known <= line) {
      if (nextFrom >= text.length()) {
        throw Json.damaged("a chunk has fewer rows than it says");
      }
      findNext();
    }
  }

  /** The chunk's hash. */
  byte[] chunkHash() {
    hashAll();
    return Sha256.of(hashes, 0, Sha256.BYTES * count);
  }

  private void hashAll() {
    for (int i = hashed.nextClearBit(0); i < count; i = hashed.nextClearBit(i + 1)) {
      hashLine(i);
    }
  }

  private void hashLine(int line) {
    hasher.only(text.array(), from(line), to(line) - from(line), hashes, Sha256.BYTES * line);
    hashed.set(line);
  }

  private void line(int from, int to) {
    if (2 * known == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * known] = from;
    bounds[2 * known + 1] = to;
    known++;
  }

  /** Adds the lines' hashes to a table's. */
  void addTo(TableHash sum) {
    hashAll();
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
    require(line);
    return bounds[2 * line];
  }

  /** Where a line ends in {@link #text}. */
  public int to(int line) {
    require(line);
    return bounds[2 * line + 1];
  }

  /** Whether a line has the same bytes as another chunk's; if so, it takes over a known hash. */
  public boolean sameAs(int line, ChunkLines other, int otherLine) {
    boolean same = line == known ? nextIs(other, otherLine) : equal(line, other, otherLine);
    if (same && other.hashed.get(otherLine)) {
      System.arraycopy(
          other.hashes, Sha256.BYTES * otherLine, hashes, Sha256.BYTES * line, Sha256.BYTES);
      hashed.set(line);
    }
    return same;
  }

  private boolean equal(int line, ChunkLines other, int otherLine) {
    return Arrays.equals(
        text.array(),
        from(line),
        to(line),
        other.text.array(),
        other.from(otherLine),
        other.to(otherLine));
  }

  /** Whether the line whose end is not known is the other's; if so, its end is. */
  private boolean nextIs(ChunkLines other, int otherLine) {
    int from = other.from(otherLine);
    int to = other.to(otherLine);
    int end = nextFrom + to - from;
    int limit = text.length();
    byte[] bytes = text.array();
    boolean ends = end == limit || (end + 1 < limit && bytes[end] == ',' && bytes[end + 1] == '\n');
    if (!ends || !Arrays.equals(bytes, nextFrom, end, other.text.array(), from, to)) {
      return false;
    }
    line(nextFrom, end);
    nextFrom = end + Layout.BETWEEN_LINES.length();
    return true;
  }

  /**
   * A number that lines of the same bytes have in common, and others rarely: by far quicker than a
   * hash, and no proof of anything.
   */
  public int sum(int line) {
    return QuickSum.of(text.array(), from(line), to(line));
  }

  /** The first eight bytes of a line's hash. */
  public long hash(int line) {
    requireHash(line);
    return (long) LONG.get(hashes, Sha256.BYTES * line);
  }

  private void requireHash(int line) {
    if (!hashed.get(line)) {
      hashLine(line);
    }
  }

  /** The next eight bytes of a line's hash. */
  public long moreHash(int line) {
    requireHash(line);
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
