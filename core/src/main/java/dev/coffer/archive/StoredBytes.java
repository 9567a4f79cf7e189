package dev.coffer.archive;

import dev.coffer.bytes.RunningHash;
import dev.coffer.bytes.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Collection;

/**
 * Compares a file with its index without decompressing anything: frame follows frame from the first
 * byte to the index, and each has the hash with which it was written. Whatever a disk or a copy has
 * done to the file is found. Who wrote the index is not known by that, but by the hash of it that
 * the metadata signs.
 */
final class StoredBytes {
  private static final int BUFFER = 1 << 18;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

  private StoredBytes(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Compares every frame.
   *
   * @param frames in the order of the document
   * @param indexAt where the frames end
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED}
   */
  static void check(FileChannel channel, Collection<FrameEntry> frames, long indexAt)
      throws IOException {
    StoredBytes stored = new StoredBytes(channel);
    long at = 0;
    long textAt = 0;
    for (FrameEntry frame : frames) {
      boolean follows = frame.at() == at && frame.textAt() == textAt;
      if (!follows || !stored.hash(frame).equals(frame.sha256())) {
        throw Json.damaged("the frame at byte " + at + " of the file differs from the index");
      }
      at += frame.bytes();
      textAt += frame.textBytes();
    }
    if (at != indexAt) {
      throw Json.damaged(
          "the frames end at byte " + at + " of the file, and the index is not there");
    }
  }

  private String hash(FrameEntry frame) throws IOException {
    RunningHash hash = new RunningHash();
    long at = frame.at();
    long left = frame.bytes();
    while (left > 0) {
      buffer.clear().limit((int) Math.min(left, BUFFER));
      int count = channel.read(buffer, at);
      if (count < 0) {
        throw Json.damaged("the file ends in the frame at byte " + frame.at());
      }
      hash.add(buffer.array(), 0, count);
      at += count;
      left -= count;
    }
    return Sha256.hex(hash.finish());
  }
}
