package dev.coffer.archive;

import dev.coffer.bytes.RunningHash;
import dev.coffer.bytes.Sha256;
import dev.coffer.error.CofferException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

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
   * Compares every frame, half of them by another thread.
   *
   * @param frames in the order of the document
   * @param indexAt where the frames end
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED}
   */
  static void check(FileChannel channel, Collection<FrameEntry> frames, long indexAt)
      throws IOException {
    requireOneAfterAnother(frames, indexAt);
    List<FrameEntry> all = List.copyOf(frames);
    int half = (int) all.stream().filter(frame -> frame.at() < indexAt / 2).count();
    FutureTask<Void> later =
        new FutureTask<>(() -> {
          new StoredBytes(channel).compare(all.subList(half, all.size()));
          return null;
        });
    Thread.ofPlatform().name("coffer-verifier").daemon().start(later);
    new StoredBytes(channel).compare(all.subList(0, half));
    await(later);
  }

  private static void requireOneAfterAnother(Collection<FrameEntry> frames, long indexAt) {
    long at = 0;
    long textAt = 0;
    for (FrameEntry frame : frames) {
      if (frame.at() != at || frame.textAt() != textAt) {
        throw differs(at);
      }
      at += frame.bytes();
      textAt += frame.textBytes();
    }
    if (at != indexAt) {
      throw Json.damaged(
          "the frames end at byte " + at + " of the file, and the index is not there");
    }
  }

  private void compare(List<FrameEntry> frames) throws IOException {
    for (FrameEntry frame : frames) {
      if (!hash(frame).equals(frame.sha256())) {
        throw differs(frame.at());
      }
    }
  }

  private static CofferException differs(long at) {
    return Json.damaged("the frame at byte " + at + " of the file differs from the index");
  }

  private static void await(FutureTask<Void> work) throws IOException {
    try {
      work.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ClosedByInterruptException();
    } catch (ExecutionException failure) {
      switch (failure.getCause()) {
        case IOException unreadable -> throw unreadable;
        case CofferException told -> throw told;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failure.getCause());
      }
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
