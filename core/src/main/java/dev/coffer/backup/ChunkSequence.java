package dev.coffer.backup;

import dev.coffer.archive.ArchiveWriter;
import dev.coffer.postgres.read.TableRange;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Puts chunks that several threads produce into the document's order, holding back only so many.
 *
 * <p>The thread that reads the first unfinished range writes through; the others' chunks wait. When
 * what waits exceeds the budget, those others wait too. That cannot block for ever: the first range
 * never waits, and when it ends, the next one becomes the first and its chunks are written.
 */
final class ChunkSequence {
  private static final long BUDGET = 16L << 20;

  private final ArchiveWriter archive;
  private final SealedSpill spill;
  private final List<TableRange> ranges;
  private final List<Queue<SealedChunk>> waiting = new ArrayList<>();
  private final boolean[] ended;
  private int first;
  private int opened = -1;
  private long waitingBytes;
  private boolean broken;

  ChunkSequence(ArchiveWriter archive, SealedSpill spill, List<TableRange> ranges)
      throws IOException {
    this.archive = archive;
    this.spill = spill;
    this.ranges = ranges;
    ended = new boolean[ranges.size()];
    ranges.forEach(range -> waiting.add(new ArrayDeque<>()));
    openTable();
  }

  /** Adds a chunk of the range that stands at {@code place}; may wait for others. */
  synchronized void add(int place, SealedChunk chunk) throws IOException, InterruptedException {
    while (place != first && waitingBytes + chunk.bytes() > BUDGET && !broken) {
      wait();
    }
    if (broken) {
      throw new InterruptedException();
    }
    if (place == first) {
      write(chunk);
    } else {
      waiting.get(place).add(chunk);
      waitingBytes += chunk.bytes();
    }
  }

  /** Says that the range at {@code place} has no more chunks. */
  synchronized void end(int place) throws IOException {
    ended[place] = true;
    while (first < ranges.size() && ended[first]) {
      first++;
      openTable();
      if (first < ranges.size()) {
        drain(waiting.get(first));
      }
    }
    notifyAll();
  }

  /** Lets every thread that waits give up: the run has failed. */
  synchronized void breakOff() {
    broken = true;
    notifyAll();
  }

  private void drain(Queue<SealedChunk> chunks) throws IOException {
    for (SealedChunk chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
      waitingBytes -= chunk.bytes();
      write(chunk);
    }
  }

  private void openTable() {
    if (first < ranges.size() && ranges.get(first).table() != opened) {
      opened = ranges.get(first).table();
      archive.beginTable(ranges.get(first).source().logicalName());
    }
  }

  private void write(SealedChunk chunk) throws IOException {
    int place = archive.rows(chunk.rows());
    if (chunk.ageFile().length > 0) {
      String table = ranges.get(first).source().logicalName();
      spill.add(table, place, chunk.rows().rows(), chunk.ageFile());
    }
  }
}
