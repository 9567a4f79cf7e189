package dev.coffer.compare;

import dev.coffer.archive.ChunkLines;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rows of one side that wait for an equal one, chunk by chunk in the order in which they stand. The
 * other side's rows mostly come in the same order: then the next row here has the same bytes, and
 * the one that comes need not be looked for. Where the order breaks, a row is found by a quick sum
 * of its bytes, and the order is taken up again behind it. Only what is left when a chunk goes is
 * known by its hash. For one thread.
 */
final class OrderedRows {
  /** So many rows that stand next are looked at before one is looked for. */
  private static final int NEAR = 4;

  private final PendingRows old = new PendingRows();
  private final PendingRows others;
  private final List<Waiting> chunks = new ArrayList<>();

  /** Where the row is expected that comes next: a chunk, and a row of it. */
  private int chunk;

  private int row;

  /** A chunk, and which of its rows have left. */
  private static final class Waiting {
    private final LoadedChunk chunk;
    private final BitSet gone = new BitSet();
    private int left;

    /** Rows by their sum, each one more than its number; 0 where there is none. */
    private int[] places = {};

    Waiting(LoadedChunk chunk) {
      this.chunk = chunk;
      left = chunk.count();
    }

    void take(int row) {
      gone.set(row);
      left--;
    }

    /** A row of the same bytes; -1 if there is none. */
    int find(ChunkLines other, int line, int sum) {
      if (places.length == 0) {
        fill();
      }
      int mask = places.length - 1;
      for (int at = sum & mask; places[at] > 0; at = (at + 1) & mask) {
        int found = places[at] - 1;
        if (!gone.get(found) && other.sameAs(line, chunk.lines(), found)) {
          return found;
        }
      }
      return -1;
    }

    private void fill() {
      places = new int[4 * Integer.highestOneBit(Math.max(1, left))];
      int mask = places.length - 1;
      int rows = chunk.count();
      for (int i = gone.nextClearBit(0); i < rows; i = gone.nextClearBit(i + 1)) {
        int at = chunk.lines().sum(i) & mask;
        while (places[at] > 0) {
          at = (at + 1) & mask;
        }
        places[at] = i + 1;
      }
    }
  }

  /**
   * No rows yet.
   *
   * @param others rows of the other side that came before those they are equal to, if there are any
   */
  OrderedRows(PendingRows others) {
    this.others = others;
  }

  /** Those whose chunk has been let go of. */
  PendingRows old() {
    return old;
  }

  boolean isEmpty() {
    return old.isEmpty() && chunks.stream().allMatch(waiting -> waiting.left == 0);
  }

  /** Adds a chunk, which is kept until {@link #letGo}. */
  void add(LoadedChunk added) {
    chunks.add(new Waiting(added));
  }

  /** How many rows stand where the next ones are expected, or behind. */
  long ahead() {
    long rows = 0;
    for (int i = chunk; i < chunks.size(); i++) {
      rows += chunks.get(i).chunk.count();
    }
    return rows - row;
  }

  /** Takes one row away that is equal to a line of the other side's; false if there is none. */
  boolean take(ChunkLines other, int line) {
    return takeNext(other, line) || takeAny(other, line);
  }

  private boolean takeNext(ChunkLines other, int line) {
    int looked = 0;
    int at = chunk;
    int next = row;
    while (at < chunks.size() && looked < NEAR) {
      Waiting waiting = chunks.get(at);
      next = waiting.gone.nextClearBit(next);
      if (next >= waiting.chunk.count()) {
        at++;
        next = 0;
      } else if (other.sameAs(line, waiting.chunk.lines(), next)) {
        taken(at, next);
        return true;
      } else {
        next++;
        looked++;
      }
    }
    return false;
  }

  private boolean takeAny(ChunkLines other, int line) {
    int sum = other.sum(line);
    for (int at = 0; at < chunks.size(); at++) {
      int found = chunks.get(at).find(other, line, sum);
      if (found >= 0) {
        taken(at, found);
        return true;
      }
    }
    return !old.isEmpty() && old.take(other.hash(line), other.moreHash(line));
  }

  private void taken(int at, int found) {
    chunks.get(at).take(found);
    chunk = at;
    row = found + 1;
  }

  /**
   * Lets go of the oldest chunks until few enough are left. Rows that still wait, and have no equal
   * among the others, are copied.
   */
  List<LoadedChunk> letGo(int keep) {
    List<LoadedChunk> released = new ArrayList<>();
    while (chunks.size() > keep) {
      Waiting oldest = chunks.removeFirst();
      int rows = oldest.chunk.count();
      for (int i = oldest.gone.nextClearBit(0); i < rows; i = oldest.gone.nextClearBit(i + 1)) {
        if (others.isEmpty() || !others.take(oldest.chunk, i)) {
          old.add(oldest.chunk, i);
        }
      }
      old.letGo(oldest.chunk);
      released.add(oldest.chunk);
      row = chunk == 0 ? 0 : row;
      chunk = Math.max(0, chunk - 1);
    }
    return released;
  }
}
