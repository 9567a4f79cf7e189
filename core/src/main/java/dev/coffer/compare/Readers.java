package dev.coffer.compare;

import dev.coffer.archive.ChunkLines;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ComparisonResult.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What both documents are read with, for one table after another. Where the earlier one does not
 * sign its frames, every row of it is hashed, which takes as long as all the rest of a comparison:
 * if there is much to read, two readers share that. For one thread.
 */
final class Readers implements AutoCloseable {
  /** Chunks that are read sooner than a second reader is ready. */
  private static final int FEW = 4;

  private final List<OpenedBackup> earlier = new ArrayList<>();
  private final OpenedBackup later;
  private final Deque<ChunkLines> free = new ArrayDeque<>();

  /** The documents stay open when this is closed. */
  Readers(OpenedBackup before, OpenedBackup after) {
    earlier.add(before);
    later = after;
  }

  OpenedBackup of(Side side) {
    return side == Side.BEFORE ? earlier.getFirst() : later;
  }

  /** Readers of the earlier document for this many chunks. */
  List<OpenedBackup> forHashing(int chunks) {
    if (chunks <= FEW) {
      return List.of(of(Side.BEFORE));
    }
    if (earlier.size() == 1) {
      earlier.add(of(Side.BEFORE).again());
    }
    return List.copyOf(earlier);
  }

  /** The memory of chunks that are done with. */
  Deque<ChunkLines> free() {
    return free;
  }

  @Override
  public void close() {
    earlier.stream().skip(1).forEach(OpenedBackup::close);
  }
}
