package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pieces of a document that is stored as text. Nothing in the text marks where a chunk ends, so
 * the metadata is read first, from the end of the file.
 */
final class PlainPieces implements PieceReader {
  private final FileChannel channel;
  private final List<Long> ends = new ArrayList<>();
  private int next;
  private long textAt;

  private PlainPieces(FileChannel channel) {
    this.channel = channel;
  }

  static PlainPieces open(Path file) throws IOException, PieceDamage {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      PlainPieces pieces = new PlainPieces(channel);
      pieces.plan(PlainTail.find(channel));
      return pieces;
    } catch (IOException | PieceDamage | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private void plan(PlainTail tail) throws PieceDamage {
    BackupMetadata metadata;
    try {
      metadata = MetadataJson.read(tail.metadata());
    } catch (CofferException unreadable) {
      throw new PieceDamage(
          MetadataJson.code(unreadable), "byte " + tail.metadataAt(), unreadable.fact());
    }
    add(metadata.headerBytes(), tail);
    for (ChunkEntry chunk : metadata.chunks()) {
      add(chunk.at(), tail);
      add(chunk.at() + chunk.bytes(), tail);
    }
    add(tail.metadataAt(), tail);
    ends.add(tail.signatureAt());
    ends.add(tail.fileSize());
  }

  private void add(long end, PlainTail tail) throws PieceDamage {
    long before = ends.isEmpty() ? 0 : ends.getLast();
    if (end - before > Pieces.largestPiece() && end <= tail.metadataAt()) {
      throw new PieceDamage(
          Finding.Code.FRAME_TOO_LARGE,
          "byte " + before,
          "the metadata lists a chunk that is larger than memory allows; give the program more"
              + " memory if the file is genuine");
    }
    if (end <= before || end > tail.metadataAt()) {
      throw new PieceDamage(
          Finding.Code.METADATA_DAMAGED,
          "byte " + tail.metadataAt(),
          "the metadata lists chunks that cannot be where it says");
    }
    ends.add(end);
  }

  @Override
  public boolean next(ByteSink target) throws IOException {
    if (next == ends.size()) {
      return false;
    }
    textAt = next == 0 ? 0 : ends.get(next - 1);
    long end = ends.get(next++);
    read(channel, textAt, (int) (end - textAt), target);
    return true;
  }

  static void read(FileChannel channel, long at, int count, ByteSink target) throws IOException {
    target.clear(8 << 20);
    target.empty(count);
    ByteBuffer buffer = ByteBuffer.wrap(target.array(), 0, count);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
    target.length(buffer.position());
  }

  @Override
  public long textAt() {
    return textAt;
  }

  @Override
  public long storedAt() {
    return textAt;
  }

  @Override
  public Optional<PieceDamage> afterText() {
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
