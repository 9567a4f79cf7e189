package dev.coffer.compare;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.LineHash;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Table;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Compares one table. Chunks that stand on both sides are left out. Of the others both sides are
 * read at the same pace, and equal rows, which mostly stand near one another, cancel out: by their
 * bytes, where they come in the same order, otherwise by their hashes. Only what has no equal is
 * parsed, for its key. When that is more than memory allows, it goes to the disk, divided by keys,
 * and is joined from there.
 */
final class TableComparison {
  /** So often, at most, are rows divided by a bit of their keys' hashes. */
  static final int MOST_BITS = 30;

  /** The memory for chunks being read, besides that for rows. */
  private static final long CHUNK_MEMORY = 28L << 20;

  /** Chunks of a side whose rows are looked for in the other side's before they are copied. */
  private static final int KEPT = 2;

  /** How far the earlier side may be ahead, of one: rows that it lost are passed over at once. */
  private static final double LEAD = 0.1;

  private static final int KEEP = 1 << 16;

  private final Pairing pairing;
  private final Readers readers;
  private final TablePair pair;
  private final Method method;
  private final Map<Side, Half> halves = new EnumMap<>(Side.class);
  private final SpillFile file;
  private final long memory;
  private final Differences differences;
  private final Progress progress;
  private final ByteSink key = new ByteSink(1 << 10);
  private final LineHash keyHash = new LineHash();

  /** The earlier side's rows, where whole lines are compared. */
  private final OrderedRows ordered;

  private Optional<Partitions> partitions = Optional.empty();

  /** One side's rows and how far they have been read. */
  private static final class Half {
    private final OpenedBackup backup;
    private final Table table;
    private final SideRows rows;
    private final List<Integer> places;
    private final PendingRows pending;
    private final Deque<LoadedChunk> kept = new ArrayDeque<>();
    private long bytes;
    private long read;
    private int chunksRead;

    Half(OpenedBackup backup, Table table, SideRows rows, PendingRows pending) {
      this.backup = backup;
      this.table = table;
      this.rows = rows;
      this.pending = pending;
      places = new ArrayList<>(backup.chunks(table));
    }

    ChunkEntry entry(int place) {
      return backup.metadata().chunks().get(place);
    }

    boolean ended() {
      return chunksRead == places.size();
    }

    /** How many rows the chunk has that is read next. */
    long nextRows() {
      return ended() ? 0 : entry(places.get(chunksRead)).rows();
    }

    /** How much has been read, of one. */
    double share() {
      return bytes == 0 ? 1 : (double) read / bytes;
    }

    long count() {
      return backup.metadata().tables().getOrDefault(table.logicalName(), 0L);
    }
  }

  TableComparison(
      Pairing pairing,
      Readers readers,
      SpillFile file,
      long memory,
      ChangeSink sink,
      Progress progress) {
    this.pairing = pairing;
    this.readers = readers;
    pair = pairing.pair();
    OpenedBackup before = readers.of(Side.BEFORE);
    OpenedBackup after = readers.of(Side.AFTER);
    method = Method.of(pair, before, after);
    this.file = file;
    this.memory = memory;
    this.progress = progress;
    differences = new Differences(pair, method.secrets(), sink);
    PendingRows others = new PendingRows();
    ordered = new OrderedRows(others);
    halves.put(
        Side.BEFORE,
        new Half(
            before,
            pair.before(),
            new SideRows(pair, Side.BEFORE, method.secrets()),
            ordered.old()));
    halves.put(
        Side.AFTER,
        new Half(after, pair.after(), new SideRows(pair, Side.AFTER, method.secrets()), others));
  }

  /** Compares; reading goes on in the executor's threads. */
  TableResult run(Executor executor) throws IOException, InterruptedException {
    Half before = half(Side.BEFORE);
    Half after = half(Side.AFTER);
    progress.table(pair.after().logicalName(), before.count() + after.count());
    long chunks = before.places.size() + (long) after.places.size();
    if (method.sameForm()) {
      dropEqualChunks(before, after);
    }
    long left = before.places.size() + (long) after.places.size();
    if (left > 0) {
      measure(before);
      measure(after);
      read(executor);
      join();
    }
    return new TableResult(
        pair,
        before.count(),
        after.count(),
        differences.counts(),
        differences.columns(),
        differences.valuesChanged(),
        differences.sealedChanged(),
        method.secrets(),
        chunks,
        chunks - left,
        pairing.schema());
  }

  private Half half(Side side) {
    return Objects.requireNonNull(halves.get(side));
  }

  private static Side other(Side side) {
    return side == Side.BEFORE ? Side.AFTER : Side.BEFORE;
  }

  /** As often as a chunk stands on both sides, it is read on neither. */
  private void dropEqualChunks(Half before, Half after) {
    Map<String, Integer> counts = new HashMap<>();
    before.places.forEach(place -> counts.merge(before.entry(place).sha256(), 1, Integer::sum));
    Map<String, Integer> equal = new HashMap<>();
    after.places.removeIf(place -> {
      String hash = after.entry(place).sha256();
      if (counts.getOrDefault(hash, 0) == 0) {
        return false;
      }
      counts.merge(hash, -1, Integer::sum);
      equal.merge(hash, 1, Integer::sum);
      advanced(after, place);
      return true;
    });
    before.places.removeIf(place -> {
      String hash = before.entry(place).sha256();
      if (equal.getOrDefault(hash, 0) == 0) {
        return false;
      }
      equal.merge(hash, -1, Integer::sum);
      advanced(before, place);
      return true;
    });
  }

  private void advanced(Half half, int place) {
    ChunkEntry entry = half.entry(place);
    progress.advanced(pair.after().logicalName(), entry.rows(), entry.bytes());
  }

  private static void measure(Half half) {
    half.bytes = half.places.stream().mapToLong(place -> half.entry(place).bytes()).sum();
  }

  private void read(Executor executor) throws IOException, InterruptedException {
    try (ChunkFeeds feeds = new ChunkFeeds(CHUNK_MEMORY, readers.free())) {
      for (Side side : Side.values()) {
        Half half = half(side);
        feeds.start(side, readers(side), half.table, half.places, loading(side), executor);
      }
      boolean ended = false;
      while (!ended) {
        switch (feeds.next(behind())) {
          case ChunkFeeds.Next.Ready ready -> take(ready.side(), ready.chunk(), feeds);
          case ChunkFeeds.Next.NoRoom none -> letGo(feeds, 0);
          case ChunkFeeds.Next.Ended end -> ended = true;
        }
        spillIfTooMuch();
      }
      letGo(feeds, 0);
    }
  }

  private List<OpenedBackup> readers(Side side) {
    Half half = half(side);
    return method.sameForm() && side == Side.BEFORE && !half.backup.signsFrames()
        ? readers.forHashing(half.places.size())
        : List.of(half.backup);
  }

  private ChunkFeeds.Loading loading(Side side) {
    if (!method.sameForm()) {
      return new ChunkFeeds.Loading.Rows(new SideRows(pair, side, method.secrets()));
    }
    return side == Side.BEFORE
        ? new ChunkFeeds.Loading.Lines()
        : new ChunkFeeds.Loading.Unconfirmed();
  }

  /** The side to read next. */
  private Side behind() {
    Half before = half(Side.BEFORE);
    Half after = half(Side.AFTER);
    boolean beforeIsBehind =
        method.sameForm()
            ? ordered.ahead() < after.nextRows()
                ? before.share() <= after.share() + LEAD
                : before.share() + LEAD < after.share()
            : before.share() <= after.share();
    return beforeIsBehind ? Side.BEFORE : Side.AFTER;
  }

  private void take(Side side, LoadedChunk chunk, ChunkFeeds feeds) throws IOException {
    Half own = half(side);
    own.chunksRead++;
    own.read += own.entry(chunk.place()).bytes();
    advanced(own, chunk.place());
    if (half(other(side)).ended() && nothingWaits(other(side))) {
      hasNoEquals(side, chunk);
      feeds.release(chunk);
    } else if (!method.sameForm()) {
      takeRows(side, chunk, feeds);
    } else if (side == Side.BEFORE) {
      ordered.add(chunk);
      ordered.letGo(KEPT).forEach(feeds::release);
    } else {
      takeAfter(chunk, feeds);
    }
  }

  private void takeRows(Side side, LoadedChunk chunk, ChunkFeeds feeds) {
    Half own = half(side);
    Half other = half(other(side));
    int rows = chunk.count();
    for (int i = 0; i < rows; i++) {
      if (!other.pending.take(chunk, i)) {
        own.pending.add(chunk, i);
      }
    }
    own.kept.add(chunk);
    letGo(own, feeds, KEPT);
  }

  /** Confirms the chunk too: if that takes its rows' hashes, most are known by then. */
  private void takeAfter(LoadedChunk chunk, ChunkFeeds feeds) {
    Half own = half(Side.AFTER);
    int rows = chunk.count();
    BitSet left = new BitSet(rows);
    for (int i = 0; i < rows; i++) {
      left.set(i, !ordered.take(chunk.lines(), i));
    }
    own.backup.confirm(chunk.place(), chunk.lines());
    for (int i = left.nextSetBit(0); i >= 0; i = left.nextSetBit(i + 1)) {
      own.pending.add(chunk, i);
    }
    own.kept.add(chunk);
    letGo(own, feeds, KEPT);
  }

  private boolean nothingWaits(Side side) {
    boolean none = side == Side.BEFORE ? ordered.isEmpty() : half(side).pending.isEmpty();
    return none && partitions.map(divided -> divided.isEmpty(side)).orElse(true);
  }

  private void hasNoEquals(Side side, LoadedChunk chunk) throws IOException {
    if (method.sameForm() && side == Side.AFTER) {
      half(side).backup.confirm(chunk.place(), chunk.lines());
    }
    for (int i = 0; i < chunk.count(); i++) {
      if (side == Side.BEFORE) {
        differences.removed(chunk.row(i), 1);
      } else {
        differences.added(chunk.row(i), 1);
      }
    }
  }

  private void letGo(ChunkFeeds feeds, int keep) {
    ordered.letGo(keep).forEach(feeds::release);
    letGo(half(Side.BEFORE), feeds, keep);
    letGo(half(Side.AFTER), feeds, keep);
  }

  private static void letGo(Half half, ChunkFeeds feeds, int keep) {
    while (half.kept.size() > keep) {
      LoadedChunk chunk = half.kept.remove();
      half.pending.letGo(chunk);
      feeds.release(chunk);
    }
  }

  private void spillIfTooMuch() throws IOException {
    if (half(Side.BEFORE).pending.bytes() + half(Side.AFTER).pending.bytes() > memory) {
      Partitions divided = partitions.orElseGet(this::divide);
      partitions = Optional.of(divided);
      spill(divided);
    }
  }

  /** As many partitions as would be needed if nothing were equal. */
  private Partitions divide() {
    long most = half(Side.BEFORE).bytes;
    int bits = 64 - Long.numberOfLeadingZeros(most / Math.max(1, memory / 2));
    return new Partitions(file, Math.clamp(bits, 3, 6), 0, memory / 2);
  }

  private void spill(Partitions divided) throws IOException {
    for (Side side : Side.values()) {
      half(side)
          .pending
          .drain((row, high, low, count) -> divided.add(side, keyed(side, row, high, low, count)));
    }
    divided.flush();
  }

  private KeyedRow keyed(Side side, Row row, long high, long low, int count) {
    if (pair.key().isEmpty()) {
      return new KeyedRow(high, low, high, low, count, row);
    }
    SideRows rows = half(side).rows;
    rows.read(row);
    key.clear(KEEP);
    rows.key(key);
    keyHash.of(key.array(), 0, key.length());
    return new KeyedRow(keyHash.high(), keyHash.low(), high, low, count, row);
  }

  private void join() throws IOException {
    if (partitions.isPresent()) {
      spill(partitions.get());
      Join.of(partitions.get(), file, memory, differences);
      return;
    }
    Map<Side, List<KeyedRow>> rows = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      List<KeyedRow> left = new ArrayList<>();
      half(side)
          .pending
          .drain((row, high, low, count) -> left.add(keyed(side, row, high, low, count)));
      rows.put(side, left);
    }
    Join.of(
        Objects.requireNonNull(rows.get(Side.BEFORE)),
        Objects.requireNonNull(rows.get(Side.AFTER)),
        differences);
  }
}
