package dev.coffer.chunk;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import java.util.Arrays;

/**
 * Collects row lines into chunks. A caller writes a line into {@link #text} between {@link
 * #beginLine} and {@link #endLine}, which answers whether the chunk ends there. One instance per
 * thread.
 */
public final class ChunkBuilder {
  private static final int KEEP = CutRule.TARGET * 2;
  private final boolean compressed;
  private final Frames frames;
  private TableHash tableHash = new TableHash();
  private final ChunkHasher hasher = new ChunkHasher();
  private final ByteSink text = new ByteSink(KEEP);
  private int lineStart;
  private int rows;

  public ChunkBuilder(Frames frames, boolean compressed) {
    this.frames = frames;
    this.compressed = compressed;
  }

  /**
   * Begins another range of rows; the buffers are used again.
   *
   * @param hash takes up the hash of every row
   */
  public void begin(TableHash hash) {
    tableHash = hash;
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
