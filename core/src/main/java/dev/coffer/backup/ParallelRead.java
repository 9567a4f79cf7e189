package dev.coffer.backup;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.insight.Insight;
import dev.coffer.model.Table;
import dev.coffer.postgres.read.RangeReader;
import dev.coffer.postgres.read.ReadPlan;
import dev.coffer.postgres.read.TableRange;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.progress.Progress;
import dev.coffer.seal.BackupKey;
import dev.coffer.seal.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads every range of a plan, one thread for each of the snapshot's connections, and hands the
 * chunks to a {@link ChunkSequence}. The first failure ends all threads.
 */
final class ParallelRead {
  private static final int ROWS_BETWEEN_REPORTS = 2000;

  /**
   * Bytes of a row that is worked on alone. A row takes several times its size in memory until its
   * chunk is made; with this, readers that meet wide rows at once do not add up.
   */
  private static final int WIDE = 4 << 20;

  private final Semaphore wideRows = new Semaphore(1);

  private final SharedSnapshot snapshot;
  private final ReadPlan plan;
  private final ChunkSequence sequence;
  private final List<TableTotal> totals;
  private final Insight insight;
  private final Optional<Secrets> secrets;
  private final boolean compressed;
  private final Progress progress;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  /** The keys of a run that seals. */
  @SuppressWarnings("ArrayRecordComponent")
  record Secrets(BackupKey key, byte[] fingerprintKey) {}

  ParallelRead(
      SharedSnapshot snapshot,
      ReadPlan plan,
      ChunkSequence sequence,
      List<TableTotal> totals,
      Insight insight,
      Optional<Secrets> secrets,
      boolean compressed,
      Progress progress) {
    this.snapshot = snapshot;
    this.plan = plan;
    this.sequence = sequence;
    this.totals = totals;
    this.insight = insight;
    this.secrets = secrets;
    this.compressed = compressed;
    this.progress = progress;
  }

  /**
   * Reads everything.
   *
   * @throws IOException if the document cannot be written
   * @throws InterruptedException if this thread is interrupted; the others have ended by then
   */
  void run() throws IOException, InterruptedException {
    int readers = snapshot.readers();
    CountDownLatch ended = new CountDownLatch(readers);
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            readers, Thread.ofPlatform().name("coffer-reader-", 0).factory())) {
      for (int i = 0; i < readers; i++) {
        int reader = i;
        threads.execute(() -> {
          work(reader);
          ended.countDown();
        });
      }
      try {
        ended.await();
      } catch (InterruptedException interrupted) {
        fail(interrupted);
        throw interrupted;
      }
    }
    Throwable cause = failure.get();
    switch (cause) {
      case null -> {}
      case IOException ioFailure -> throw ioFailure;
      case CofferException told -> throw told;
      case Error error -> throw error;
      case RuntimeException unexpected -> throw unexpected;
      default -> throw new CofferException(ErrorCode.INTERRUPTED, "the run was interrupted", "");
    }
  }

  private void work(int reader) {
    Optional<RangeEncoder.Sealing> sealing =
        secrets.map(
            with -> new RangeEncoder.Sealing(with.key(), new Fingerprint(with.fingerprintKey())));
    try (RangeEncoder.Bench bench = new RangeEncoder.Bench(compressed, sealing)) {
      for (int place = next.getAndIncrement();
          place < plan.ranges().size() && failure.get() == null;
          place = next.getAndIncrement()) {
        read(reader, place, bench);
      }
    } catch (Throwable thrown) {
      fail(thrown);
    }
  }

  private void fail(Throwable thrown) {
    if (failure.compareAndSet(null, thrown)) {
      sequence.breakOff();
      snapshot.abort();
    }
  }

  private void read(int reader, int place, RangeEncoder.Bench bench)
      throws IOException, InterruptedException {
    TableRange range = plan.ranges().get(place);
    Table table = range.source();
    if (begun.add(table.logicalName())) {
      progress.table(table.logicalName(), plan.estimatedRows().getOrDefault(table.name(), 0L));
    }
    RangeEncoder encoder = new RangeEncoder(table, bench, insight.observe(table));
    Reporter reporter = new Reporter(table.logicalName());
    RangeReader.read(
        snapshot,
        reader,
        range,
        row -> {
          reporter.row(row.length);
          Optional<SealedChunk> chunk =
              row.length < WIDE ? add(encoder, row) : addWide(encoder, row);
          if (chunk.isPresent()) {
            sequence.add(place, chunk.get());
          }
        });
    if (encoder.hasChunk()) {
      sequence.add(place, encoder.take());
    }
    encoder.addTo(totals.get(range.table()));
    reporter.report();
    sequence.end(place);
  }

  private static Optional<SealedChunk> add(RangeEncoder encoder, byte[] row) {
    return encoder.add(row) ? Optional.of(encoder.take()) : Optional.empty();
  }

  private Optional<SealedChunk> addWide(RangeEncoder encoder, byte[] row)
      throws InterruptedException {
    wideRows.acquire();
    try {
      return add(encoder, row);
    } finally {
      wideRows.release();
    }
  }

  /** Tells progress of rows now and then. */
  private final class Reporter {
    private final String table;
    private long rows;
    private long bytes;

    Reporter(String table) {
      this.table = table;
    }

    void row(int rowBytes) {
      bytes += rowBytes;
      if (++rows == ROWS_BETWEEN_REPORTS) {
        report();
      }
    }

    void report() {
      progress.advanced(table, rows, bytes);
      rows = 0;
      bytes = 0;
    }
  }
}
