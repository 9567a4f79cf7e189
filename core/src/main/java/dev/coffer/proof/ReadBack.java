package dev.coffer.proof;

import dev.coffer.bytes.ByteSink;
import dev.coffer.chunk.ChunkHasher;
import dev.coffer.chunk.TableHash;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.RowEncoder;
import dev.coffer.postgres.read.RangeReader;
import dev.coffer.postgres.read.ReadPlan;
import dev.coffer.postgres.read.TableRange;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.progress.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Reads tables with all of a snapshot's connections and adds up their rows' hashes. */
final class ReadBack {
  private static final int KEEP = 1 << 20;

  /** Rows after which a hasher lets go of their hashes. */
  private static final int FORGET = 1 << 13;

  private final SharedSnapshot snapshot;
  private final List<TableRange> ranges;
  private final List<Found> found = new ArrayList<>();
  private final Progress progress;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** What a table's rows are in the database. */
  static final class Found {
    private final TableHash hash = new TableHash();
    private long rows;

    private synchronized void add(long more, TableHash sum) {
      rows += more;
      hash.add(sum);
    }

    synchronized boolean equalTo(Expectation expectation) {
      return rows == expectation.rows() && hash.hex().equals(expectation.hash());
    }

    synchronized long rows() {
      return rows;
    }
  }

  private ReadBack(SharedSnapshot snapshot, List<Expectation> tables, Progress progress) {
    this.snapshot = snapshot;
    ranges = ReadPlan.of(snapshot, tables.stream().map(Expectation::table).toList()).ranges();
    tables.forEach(table -> found.add(new Found()));
    this.progress = progress;
  }

  /** What each of the tables holds, in their order. */
  static List<Found> of(SharedSnapshot snapshot, List<Expectation> tables, Progress progress)
      throws InterruptedException {
    ReadBack readBack = new ReadBack(snapshot, tables, progress);
    readBack.run();
    return readBack.found;
  }

  private void run() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(snapshot.readers());
    for (int i = 0; i < snapshot.readers(); i++) {
      int reader = i;
      Thread.ofPlatform()
          .name("coffer-reader")
          .daemon()
          .start(() -> {
            work(reader);
            ended.countDown();
          });
    }
    try {
      ended.await();
    } catch (InterruptedException interrupted) {
      fail(interrupted);
      ended.await();
      throw interrupted;
    }
    switch (failure.get()) {
      case null -> {}
      case RuntimeException told -> throw told;
      case Error error -> throw error;
      default -> throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", failure.get());
    }
  }

  private void work(int reader) {
    try {
      for (int place = next.getAndIncrement();
          place < ranges.size() && failure.get() == null;
          place = next.getAndIncrement()) {
        read(reader, ranges.get(place));
      }
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }

  private void fail(Throwable thrown) {
    if (failure.compareAndSet(null, thrown)) {
      snapshot.abort();
    }
  }

  private void read(int reader, TableRange range) throws Exception {
    RowEncoder encoder = new RowEncoder(range.source());
    ByteSink line = new ByteSink(1 << 12);
    ByteSink noSecrets = new ByteSink(1);
    ChunkHasher hasher = new ChunkHasher();
    TableHash sum = new TableHash();
    long[] rows = {0, 0};
    RangeReader.read(
        snapshot,
        reader,
        range,
        row -> {
          line.clear(KEEP);
          encoder.encode(row, 0, line, noSecrets);
          line.put('}');
          int at = hasher.line(line.array(), 0, line.length());
          sum.add(hasher.hashes(), at);
          rows[0]++;
          rows[1] += line.length();
          if (rows[0] % FORGET == 0) {
            hasher.finish();
          }
        });
    found.get(range.table()).add(rows[0], sum);
    progress.advanced(range.source().logicalName(), rows[0], rows[1]);
  }
}
