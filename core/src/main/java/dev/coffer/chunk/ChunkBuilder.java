package dev.coffer.chunk;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import java.util.Arrays;

/**
 * Collects row lines into chunks. A caller writes a line into {@link #text} between {@link
 * #beginLine} and {@link #endLine}, which answers whether the chunk ends there. One instance per
 * table range and thread.
 */
public final class ChunkBuilder {
  private static final int KEEP = CutRule.MOST + (1 << 20);
  private final boolean compressed;
  private final Frames frames;
  private final TableHash tableHash;
  private final ChunkHasher hasher = new ChunkHasher();
  private final ByteSink text = new ByteSink(CutRule.TARGET);
  private int lineStart;
  private int rows;

  /**
   * @param tableHash takes up the hash of every row
   */
  public ChunkBuilder(Frames frames, boolean compressed, TableHash tableHash) {
    this.frames = frames;
    this.compressed = compressed;
    this.tableHash = tableHash;
  }

  public ByteSink text() {
    return text;
  }

  public void beginLine() {
    if (rows > 0) {
      text.ensure(2);
      text.put(',');
      text.put('\n');
    }
    lineStart = text.length();
  }

  /** Ends a line; true when the chunk is complete. */
  public boolean endLine() {
    int count = text.length() - lineStart;
    int at = hasher.line(text.array(), lineStart, count);
    tableHash.add(hasher.hashes(), at);
    rows++;
    return CutRule.cutAfter(hasher.hashes(), at, count, text.length());
  }

  public boolean isEmpty() {
    return rows == 0;
  }

  /** The chunk, hashed and compressed; the builder is empty afterwards. */
  public Chunk finish() {
    byte[] stored =
        compressed
            ? frames.compress(text.array(), 0, text.length())
            : Arrays.copyOf(text.array(), text.length());
    Chunk chunk = new Chunk(rows, text.length(), hasher.finish(), stored, Sha256.of(stored));
    text.clear(KEEP);
    rows = 0;
    return chunk;
  }
}
