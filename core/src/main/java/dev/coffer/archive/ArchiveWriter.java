package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.Chunk;
import dev.coffer.chunk.Frames;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.seal.SigningKey;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a document front to back, in one pass: header, tables with their chunks, sealed values,
 * metadata, signature, index (docs/FORMAT.md). Called in that order by one thread at a time.
 */
public final class ArchiveWriter implements AutoCloseable {
  private final OutputStream target;
  private final boolean compressed;
  private final Frames frames = new Frames();
  private final ByteSink between = new ByteSink(256);
  private final List<FrameEntry> index = new ArrayList<>();
  private final List<ChunkEntry> chunks = new ArrayList<>();
  private long storedAt;
  private long textAt;
  private long headerBytes;
  private String headerSha256 = "";
  private String table = "";
  private boolean anyTable;
  private boolean lines;

  /**
   * @param target is flushed, never closed, by this writer
   */
  public ArchiveWriter(OutputStream target, Compression compression) {
    this.target = target;
    this.compressed = compression == Compression.ZSTD;
  }

  public void header(BackupHeader header) throws IOException {
    byte[] text = HeaderJson.write(header);
    headerBytes = text.length;
    headerSha256 = Sha256.hex(Sha256.of(text));
    piece(text, 0, text.length);
  }

  /** Opens the next table; every table of the schema is opened, in the schema's order. */
  public void beginTable(String logicalName) {
    between.put(Layout.beginTable(logicalName, !anyTable, lines));
    table = logicalName;
    anyTable = true;
    lines = false;
  }

  /** Adds a chunk to the open table; answers its place among all chunks, from 0. */
  public int rows(Chunk chunk) throws IOException {
    return list(chunk, table, false);
  }

  public void beginSealed() {
    between.put(Layout.beginSealed(anyTable, lines));
    lines = false;
  }

  /** Adds one line of sealed values for the rows of {@code logicalName} in chunk {@code place}. */
  public void sealed(String logicalName, int place, long rows, byte[] ageFile) throws IOException {
    byte[] line = new SealedLine(logicalName, place, rows, ageFile).write();
    byte[] stored = compressed ? frames.compress(line) : line;
    byte[] hash = Sha256.of(Sha256.of(line));
    list(new Chunk(1, line.length, hash, stored, Sha256.of(stored)), logicalName, true);
  }

  private int list(Chunk chunk, String name, boolean sealed) throws IOException {
    if (lines) {
      between.put(Layout.BETWEEN_LINES);
    }
    lines = true;
    flushBetween();
    String sha256 = Sha256.hex(chunk.hash());
    chunks.add(new ChunkEntry(name, sealed, textAt, chunk.textBytes(), chunk.rows(), sha256));
    stored(chunk.stored(), chunk.storedHash(), chunk.textBytes());
    return chunks.size() - 1;
  }

  /** The document's length so far. */
  public long textBytes() {
    return textAt + between.length();
  }

  public long headerBytes() {
    return headerBytes;
  }

  public String headerSha256() {
    return headerSha256;
  }

  /** The chunks so far, in the document's order. */
  public List<ChunkEntry> chunks() {
    return List.copyOf(chunks);
  }

  /** Ends the list of sealed values; what follows is the metadata. */
  public void endSealed() {
    between.put(Layout.endSealed(lines));
  }

  /** Writes metadata, signature and index: the document is complete. */
  public void finish(BackupMetadata metadata, SigningKey key) throws IOException {
    flushBetween();
    byte[] object =
        MetadataJson.write(compressed ? metadata.withIndex(Index.hash(index)) : metadata);
    ByteSink line = new ByteSink(object.length + 64);
    line.put(Layout.METADATA);
    line.put(object);
    line.put(Layout.BETWEEN_LINES);
    piece(line.array(), 0, line.length());
    line.clear(256);
    line.put(Layout.SIGNATURE);
    line.put(signature(key, object));
    line.put(Layout.END);
    piece(line.array(), 0, line.length());
    if (compressed) {
      target.write(Index.write(index));
    }
    target.flush();
  }

  private static String signature(SigningKey key, byte[] message) {
    return SignatureJson.write(key.verifyKey().raw(), key.sign(message));
  }

  private void flushBetween() throws IOException {
    if (between.length() > 0) {
      piece(between.array(), 0, between.length());
      between.clear(256);
    }
  }

  private void piece(byte[] text, int offset, int count) throws IOException {
    byte[] stored =
        compressed
            ? frames.compress(text, offset, count)
            : Arrays.copyOfRange(text, offset, offset + count);
    stored(stored, Sha256.of(stored), count);
  }

  private void stored(byte[] stored, byte[] hash, int textBytes) throws IOException {
    target.write(stored);
    index.add(new FrameEntry(storedAt, stored.length, textAt, textBytes, Sha256.hex(hash)));
    storedAt += stored.length;
    textAt += textBytes;
  }

  @Override
  public void close() {
    frames.close();
  }
}
