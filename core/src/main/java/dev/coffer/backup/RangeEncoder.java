package dev.coffer.backup;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Utf8;
import dev.coffer.chunk.ChunkBuilder;
import dev.coffer.chunk.Frames;
import dev.coffer.chunk.TableHash;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.insight.TableInsight;
import dev.coffer.json.RowEncoder;
import dev.coffer.model.Table;
import dev.coffer.seal.BackupKey;
import dev.coffer.seal.Fingerprint;
import java.util.Optional;

/**
 * Turns the rows of one range into chunks: JSON, fingerprints, sealed values, hashes, frames. One
 * instance per range, used by one thread.
 */
final class RangeEncoder {
  private static final int KEEP = 4 << 20;
  private static final byte[] NO_SECRETS = {};
  private static final boolean[] NONE_CLOSED = {};

  private final Table table;
  private final RowWriter writer;
  private final RowEncoder encoder;
  private final ChunkBuilder builder;
  private final TableHash hash = new TableHash();
  private final TableInsight insight;
  private final boolean watched;
  private final Optional<Sealing> sealing;
  private final Frames frames;
  private final ByteSink secrets;
  private long rows;

  /** What a run seals with. */
  record Sealing(BackupKey key, Fingerprint fingerprint) {}

  /** What a thread uses for one range after another. */
  static final class Bench implements AutoCloseable {
    private final Frames frames = new Frames();
    private final ChunkBuilder builder;
    private final ByteSink secrets = new ByteSink(1 << 16);
    private final Optional<Sealing> sealing;

    Bench(boolean compressed, Optional<Sealing> sealing) {
      builder = new ChunkBuilder(frames, compressed);
      this.sealing = sealing;
    }

    @Override
    public void close() {
      frames.close();
    }
  }

  RangeEncoder(Table table, Bench bench, TableInsight insight) {
    this.table = table;
    frames = bench.frames;
    secrets = bench.secrets;
    builder = bench.builder;
    builder.begin(hash);
    this.insight = insight;
    this.sealing = table.sealedColumns().isEmpty() ? Optional.empty() : bench.sealing;
    watched = insight.watches();
    writer = new RowWriter(table, this.sealing.map(Sealing::fingerprint));
    encoder = writer.view();
  }

  /** Adds a row in COPY's text format; true when a chunk is ready to be taken. */
  boolean add(byte[] copyRow) {
    return add(copyRow, 0, NONE_CLOSED);
  }

  /** The same for a row that begins at {@code offset} and has sealed values that nobody knows. */
  boolean add(byte[] copyRow, int offset, boolean[] closed) {
    builder.beginLine();
    ByteSink line = builder.text();
    writer.write(copyRow, offset, closed, line, secrets);
    if (encoder.hasNonAscii() && !Utf8.isValid(copyRow)) {
      throw notUtf8();
    }
    if (sealing.isPresent()) {
      secrets.put('\n');
    }
    if (watched) {
      insight.row(encoder);
    }
    rows++;
    return builder.endLine();
  }

  boolean hasChunk() {
    return !builder.isEmpty();
  }

  private CofferException notUtf8() {
    return new CofferException(
        ErrorCode.VALUE_UNSUPPORTED,
        "table " + table.logicalName() + " holds text that is not valid UTF-8",
        "The database was once in another encoding or in SQL_ASCII, which takes any bytes. Repair"
            + " the text, for example by convert_from(…::bytea, 'LATIN1').");
  }

  SealedChunk take() {
    encoder.forget();
    byte[] sealed =
        sealing
            .map(with -> {
              byte[] frame = frames.compress(secrets.array(), 0, secrets.length());
              secrets.clear(KEEP);
              return with.key().seal(frame, 0, frame.length);
            })
            .orElse(NO_SECRETS);
    return new SealedChunk(builder.finish(), sealed);
  }

  long rows() {
    return rows;
  }

  int chunkBytes() {
    return builder.text().length();
  }

  void addTo(TableTotal total) {
    total.add(rows, hash, insight);
  }
}
