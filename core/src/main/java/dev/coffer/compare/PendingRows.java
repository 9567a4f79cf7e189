package dev.coffer.compare;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one side that wait for an equal one on the other, found by the hash of what is compared.
 * A row is a place in its chunk until the chunk is let go of; only what still waits then is copied.
 * For one thread.
 */
final class PendingRows {
  private static final int FIRST = 1 << 10;

  private @Nullable Entry[] buckets = new @Nullable Entry[FIRST];
  private int size;
  private long bytes;

  /** All entries in the order in which they came, and the first that is still in its chunk. */
  private @Nullable Entry first;

  private @Nullable Entry last;
  private @Nullable Entry firstInChunk;

  /** One row, or several with the same line. */
  private static final class Entry {
    private final long high;
    private final long low;
    private final long line;
    private final int place;
    private int count = 1;
    private @Nullable LoadedChunk chunk;
    private @Nullable Row row;
    private @Nullable Entry nextInBucket;
    private @Nullable Entry before;
    private @Nullable Entry after;

    Entry(LoadedChunk chunk, int place) {
      this.chunk = chunk;
      this.place = place;
      high = chunk.high(place);
      low = chunk.low(place);
      line = chunk.line(place);
    }

    /** An old entry would keep young ones from being collected that have long left, too. */
    void forgetNeighbours() {
      nextInBucket = null;
      before = null;
      after = null;
      chunk = null;
    }

    boolean is(long otherHigh, long otherLow) {
      return high == otherHigh && low == otherLow;
    }

    Row row() {
      Row copy = row;
      if (copy == null) {
        copy = chunk().row(place);
        row = copy;
        chunk = null;
      }
      return copy;
    }

    private LoadedChunk chunk() {
      LoadedChunk found = chunk;
      if (found == null) {
        throw new IllegalStateException("a row without its chunk");
      }
      return found;
    }
  }

  /** Takes a row that left. */
  @FunctionalInterface
  interface Sink {
    void row(Row row, long high, long low, int count) throws IOException;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** About how much memory the rows take that have been copied. */
  long bytes() {
    return bytes;
  }

  /** Takes one row away that is equal to that of another side's chunk; false if there is none. */
  boolean take(LoadedChunk other, int place) {
    return take(other.high(place), other.low(place));
  }

  /** Takes one row away that has this hash; false if there is none. */
  boolean take(long high, long low) {
    int bucket = bucket(high);
    Entry previous = null;
    for (Entry entry = buckets[bucket]; entry != null; entry = entry.nextInBucket) {
      if (entry.is(high, low)) {
        if (--entry.count == 0) {
          unlink(bucket, previous, entry);
        }
        return true;
      }
      previous = entry;
    }
    return false;
  }

  private int bucket(long high) {
    return (int) high & (buckets.length - 1);
  }

  private void unlink(int bucket, @Nullable Entry previous, Entry entry) {
    if (previous == null) {
      buckets[bucket] = entry.nextInBucket;
    } else {
      previous.nextInBucket = entry.nextInBucket;
    }
    Entry before = entry.before;
    Entry after = entry.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    if (entry == firstInChunk) {
      firstInChunk = after;
    }
    entry.forgetNeighbours();
    if (entry.row != null) {
      bytes -= bytes(entry.row);
    }
    size--;
  }

  /** Adds a row of a chunk that is kept until {@link #letGo}; chunks come one after another. */
  void add(LoadedChunk chunk, int place) {
    Entry added = new Entry(chunk, place);
    int bucket = bucket(added.high);
    for (Entry entry = buckets[bucket]; entry != null; entry = entry.nextInBucket) {
      if (entry.line == added.line && entry.is(added.high, added.low)) {
        entry.count++;
        return;
      }
    }
    added.nextInBucket = buckets[bucket];
    buckets[bucket] = added;
    added.before = last;
    if (last == null) {
      first = added;
    } else {
      last.after = added;
    }
    last = added;
    if (firstInChunk == null) {
      firstInChunk = added;
    }
    if (++size > buckets.length) {
      grow();
    }
  }

  private void grow() {
    buckets = new @Nullable Entry[buckets.length * 4];
    for (Entry entry = first; entry != null; entry = entry.after) {
      int bucket = bucket(entry.high);
      entry.nextInBucket = buckets[bucket];
      buckets[bucket] = entry;
    }
  }

  /** Copies the rows that still wait in a chunk, the oldest there is. */
  void letGo(LoadedChunk chunk) {
    Entry entry = firstInChunk;
    while (entry != null && entry.chunk == chunk) {
      bytes += bytes(entry.row());
      entry = entry.after;
    }
    firstInChunk = entry;
  }

  private static long bytes(Row row) {
    return 200L + row.line().length + row.secrets().length;
  }

  /** Gives away all rows that have been copied. */
  void drain(Sink sink) throws IOException {
    Entry entry = first;
    while (entry != null && entry.row != null) {
      sink.row(entry.row(), entry.high, entry.low, entry.count);
      entry = entry.after;
    }
    first = entry;
    firstInChunk = entry;
    bytes = 0;
    if (entry != null) {
      entry.before = null;
    } else {
      last = null;
    }
    rebuild();
  }

  private void rebuild() {
    size = 0;
    for (Entry entry = first; entry != null; entry = entry.after) {
      size++;
    }
    int wanted = Math.max(FIRST, Integer.highestOneBit(Math.max(1, size)) * 2);
    buckets = new @Nullable Entry[wanted / 4];
    grow();
  }
}
