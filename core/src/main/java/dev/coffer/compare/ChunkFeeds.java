package dev.coffer.compare;

import dev.coffer.archive.ChunkLines;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.error.CofferException;
import dev.coffer.model.Table;
import java.io.IOException;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Reads the chunks of both sides ahead, in threads of their own, within an amount of memory. The
 * chunks of a side come in their order, however many threads read them. They are taken, and
 * released, by one thread.
 */
final class ChunkFeeds implements AutoCloseable {
  /** Chunks of a side that wait to be taken while its threads read others. */
  private static final int AHEAD = 1;

  /** Chunks that hold a single large row: their memory is not kept for others. */
  private static final int LARGE = 6 << 20;

  private final Map<Side, Feed> feeds = new EnumMap<>(Side.class);
  private final long memory;
  private final Deque<ChunkLines> free;
  private long used;
  private boolean closing;
  private Optional<Throwable> failure = Optional.empty();

  /** The chunks of one side. All that changes is guarded by the object around this. */
  private final class Feed {
    private final Table table;
    private final List<Integer> places;
    private final Loading loading;
    private final int most;
    private final Map<Integer, LoadedChunk> ready = new HashMap<>();
    private int threads;
    private int begun;
    private int taken;
    private long wanted;

    Feed(Table table, List<Integer> places, Loading loading, int threads) {
      this.table = table;
      this.places = places;
      this.loading = loading;
      this.threads = threads;
      most = threads + AHEAD;
    }

    void run(OpenedBackup backup) {
      try {
        for (int next = begin(this, backup); next >= 0; next = begin(this, backup)) {
          put(this, next, load(backup, places.get(next)));
        }
      } catch (Throwable failed) {
        fail(failed);
      } finally {
        end(this);
      }
    }

    private LoadedChunk load(OpenedBackup backup, int place) throws IOException {
      long bytes = bytes(backup, place);
      ChunkLines lines = free(bytes);
      return switch (loading) {
        case Loading.Lines() -> {
          backup.lines(table, place, lines);
          yield LoadedChunk.ofLines(lines, place, bytes);
        }
        case Loading.Unconfirmed() -> {
          backup.unconfirmed(table, place, lines);
          yield LoadedChunk.ofLines(lines, place, bytes);
        }
        case Loading.Rows(SideRows rows) -> {
          backup.lines(table, place, lines);
          yield LoadedChunk.of(lines, rows, place, bytes);
        }
      };
    }

    private boolean allBegun() {
      return begun == places.size();
    }

    private boolean isFull() {
      return begun - taken >= most;
    }

    private boolean hasNext() {
      return ready.containsKey(taken);
    }

    private boolean ended() {
      return threads == 0 && ready.isEmpty();
    }

    /** Whether nothing more comes, unless memory becomes free. */
    private boolean givesNone() {
      boolean reads = begun - taken > ready.size();
      return threads == 0 || (!reads && wanted > 0 && used + wanted > memory);
    }
  }

  /** What is made of a side's chunks. */
  sealed interface Loading {
    /** Lines, which are compared as they are. */
    record Lines() implements Loading {}

    /** The same, and whoever takes them confirms them: {@link OpenedBackup#confirm}. */
    record Unconfirmed() implements Loading {}

    /** Rows, of which this tells what is compared. */
    record Rows(SideRows rows) implements Loading {}
  }

  /** What to take next. */
  sealed interface Next {
    /** The next chunk of one side. */
    record Ready(Side side, LoadedChunk chunk) implements Next {}

    /** Nothing can be read until chunks are released. */
    record NoRoom() implements Next {}

    /** There are no more. */
    record Ended() implements Next {}
  }

  /**
   * @param free memory of earlier chunks that serves again, and gets that of later ones; used by
   *     nobody else until this is closed
   */
  ChunkFeeds(long memory, Deque<ChunkLines> free) {
    this.memory = memory;
    this.free = free;
  }

  /**
   * Begins to read one side's chunks.
   *
   * @param readers of the backup, each used by one of the executor's threads until this is closed;
   *     only one where rows are made of the chunks
   */
  void start(
      Side side,
      List<OpenedBackup> readers,
      Table table,
      List<Integer> places,
      Loading loading,
      Executor executor) {
    Feed feed = new Feed(table, places, loading, readers.size());
    feeds.put(side, feed);
    readers.forEach(reader -> executor.execute(() -> feed.run(reader)));
  }

  private long bytes(OpenedBackup backup, int place) {
    return Math.min(memory, backup.metadata().chunks().get(place).bytes());
  }

  /** Which chunk to read next, when there is room for it; -1 if there are no more. */
  private synchronized int begin(Feed feed, OpenedBackup backup) throws InterruptedException {
    while (!closing && !feed.allBegun()) {
      long bytes = bytes(backup, feed.places.get(feed.begun));
      if (!feed.isFull() && used + bytes <= memory) {
        feed.wanted = 0;
        used += bytes;
        return feed.begun++;
      }
      if (feed.wanted != bytes) {
        feed.wanted = bytes;
        notifyAll();
      }
      wait();
    }
    return -1;
  }

  /** Memory that has room for so many bytes, where there is any: to make room costs more. */
  private synchronized ChunkLines free(long bytes) {
    Optional<ChunkLines> fitting =
        free.stream().filter(lines -> lines.text().length >= bytes).findFirst();
    fitting.ifPresent(free::remove);
    return fitting.orElseGet(() -> free.isEmpty() ? new ChunkLines() : free.pop());
  }

  private synchronized void put(Feed feed, int number, LoadedChunk chunk) {
    feed.ready.put(number, chunk);
    notifyAll();
  }

  private synchronized void fail(Throwable failed) {
    failure = failure.or(() -> Optional.of(failed));
    notifyAll();
  }

  private synchronized void end(Feed feed) {
    feed.threads--;
    notifyAll();
  }

  /**
   * The next chunk: of {@code preferred}, unless that side has none for now or at all.
   *
   * @throws CofferException as {@link OpenedBackup#lines}
   */
  synchronized Next next(Side preferred) throws IOException, InterruptedException {
    Side other = preferred == Side.BEFORE ? Side.AFTER : Side.BEFORE;
    Feed first = feed(preferred);
    Feed second = feed(other);
    while (true) {
      if (failure.isPresent()) {
        throw told(failure.get());
      }
      if (first.hasNext()) {
        return take(preferred, first);
      }
      if (first.givesNone() && second.hasNext()) {
        return take(other, second);
      }
      if (first.ended() && second.ended()) {
        return new Next.Ended();
      }
      if (first.givesNone() && second.givesNone()) {
        return new Next.NoRoom();
      }
      wait();
    }
  }

  private Feed feed(Side side) {
    Feed feed = feeds.get(side);
    if (feed == null) {
      throw new IllegalStateException("not started: " + side);
    }
    return feed;
  }

  private Next take(Side side, Feed feed) {
    LoadedChunk chunk = Objects.requireNonNull(feed.ready.remove(feed.taken));
    feed.taken++;
    notifyAll();
    return new Next.Ready(side, chunk);
  }

  private static RuntimeException told(Throwable failed) throws IOException {
    switch (failed) {
      case CofferException known -> throw known;
      case IOException unreadable -> throw unreadable;
      case Error error -> throw error;
      default -> throw new IllegalStateException(failed);
    }
  }

  /** Gives a chunk's memory back; its rows are gone. */
  synchronized void release(LoadedChunk chunk) {
    used -= chunk.bytes();
    if (chunk.lines().text().length <= LARGE) {
      free.push(chunk.lines());
    }
    notifyAll();
  }

  /** Waits for the threads to let go of the backups; an interrupt is kept for later. */
  @Override
  public synchronized void close() {
    closing = true;
    notifyAll();
    boolean interrupted = false;
    while (feeds.values().stream().anyMatch(feed -> feed.threads > 0)) {
      try {
        wait();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
