package dev.coffer.compare;

import dev.coffer.archive.ChunkLines;
import dev.coffer.archive.OpenedBackup;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.error.CofferException;
import dev.coffer.model.Table;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Reads the chunks of both sides ahead, each side in a thread of its own, within an amount of
 * memory. The chunks are taken, and released, by one thread.
 */
final class ChunkFeeds implements AutoCloseable {
  /** Chunks of a side that wait to be taken. */
  private static final int AHEAD = 1;

  /** Chunks that hold a single large row: their memory is not kept for others. */
  private static final int LARGE = 6 << 20;

  private final Map<Side, Feed> feeds = new EnumMap<>(Side.class);
  private final long memory;
  private final Deque<ChunkLines> free = new ArrayDeque<>();
  private long used;
  private boolean closing;
  private Optional<Throwable> failure = Optional.empty();

  /** The chunks of one side. */
  private final class Feed implements Runnable {
    private final OpenedBackup backup;
    private final Table table;
    private final List<Integer> places;
    private final Loading loading;
    private final Deque<LoadedChunk> ready = new ArrayDeque<>();
    private long wanted;
    private boolean ended;

    Feed(OpenedBackup backup, Table table, List<Integer> places, Loading loading) {
      this.backup = backup;
      this.table = table;
      this.places = places;
      this.loading = loading;
    }

    @Override
    public void run() {
      try {
        for (int place : places) {
          long bytes = Math.min(memory, backup.metadata().chunks().get(place).bytes());
          if (!reserve(this, bytes)) {
            break;
          }
          put(this, load(place, bytes));
        }
      } catch (Throwable failed) {
        fail(failed);
      } finally {
        end(this);
      }
    }

    private LoadedChunk load(int place, long bytes) throws IOException {
      ChunkLines lines = free();
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

  ChunkFeeds(long memory) {
    this.memory = memory;
  }

  /**
   * Begins to read one side's chunks.
   *
   * @param backup is used by the executor's thread until this is closed
   */
  void start(
      Side side,
      OpenedBackup backup,
      Table table,
      List<Integer> places,
      Loading loading,
      Executor executor) {
    Feed feed = new Feed(backup, table, places, loading);
    feeds.put(side, feed);
    executor.execute(feed);
  }

  private synchronized boolean reserve(Feed feed, long bytes) throws InterruptedException {
    feed.wanted = bytes;
    notifyAll();
    while (!closing && (feed.ready.size() >= AHEAD || used + bytes > memory)) {
      wait();
    }
    feed.wanted = 0;
    used += bytes;
    return !closing;
  }

  private synchronized ChunkLines free() {
    return free.isEmpty() ? new ChunkLines() : free.pop();
  }

  private synchronized void put(Feed feed, LoadedChunk chunk) {
    feed.ready.add(chunk);
    notifyAll();
  }

  private synchronized void fail(Throwable failed) {
    failure = failure.or(() -> Optional.of(failed));
    notifyAll();
  }

  private synchronized void end(Feed feed) {
    feed.ended = true;
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
      if (!first.ready.isEmpty()) {
        return take(preferred, first);
      }
      if (givesNone(first) && !second.ready.isEmpty()) {
        return take(other, second);
      }
      if (first.ended && second.ended) {
        return new Next.Ended();
      }
      if (givesNone(first) && givesNone(second)) {
        return new Next.NoRoom();
      }
      wait();
    }
  }

  /** Whether nothing more comes of a side that has no chunk ready, unless memory becomes free. */
  private boolean givesNone(Feed feed) {
    return feed.ended || (feed.wanted > 0 && used + feed.wanted > memory);
  }

  private Feed feed(Side side) {
    Feed feed = feeds.get(side);
    if (feed == null) {
      throw new IllegalStateException("not started: " + side);
    }
    return feed;
  }

  private Next take(Side side, Feed feed) {
    LoadedChunk chunk = feed.ready.remove();
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
    while (feeds.values().stream().anyMatch(feed -> !feed.ended)) {
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
