package dev.coffer.compare;

import dev.coffer.archive.ChunkLines;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.LineHash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A chunk's rows and, for each, a hash of what is compared. */
final class LoadedChunk {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final byte[] LINES = {};
  private static final int ENTRY = 2 * Long.BYTES;
  private static final int KEEP = 1 << 16;

  private final ChunkLines lines;
  private final byte[] identities;
  private final int place;
  private final long bytes;

  private LoadedChunk(ChunkLines lines, byte[] identities, int place, long bytes) {
    this.lines = lines;
    this.identities = identities;
    this.place = place;
    this.bytes = bytes;
  }

  /** Rows whose lines are compared. */
  static LoadedChunk ofLines(ChunkLines lines, int place, long bytes) {
    return new LoadedChunk(lines, LINES, place, bytes);
  }

  /** Rows of which {@code rows} tells what is compared. */
  static LoadedChunk of(ChunkLines lines, SideRows rows, int place, long bytes) {
    byte[] identities = new byte[ENTRY * lines.count()];
    LineHash hash = new LineHash();
    ByteSink identity = new ByteSink(KEEP);
    for (int i = 0; i < lines.count(); i++) {
      rows.read(lines, i);
      identity.clear(KEEP);
      rows.identity(identity);
      hash.of(identity.array(), 0, identity.length());
      LONG.set(identities, i * ENTRY, hash.high());
      LONG.set(identities, i * ENTRY + Long.BYTES, hash.low());
    }
    return new LoadedChunk(lines, identities, place, bytes);
  }

  int count() {
    return lines.count();
  }

  /** What holds its rows. */
  ChunkLines lines() {
    return lines;
  }

  /** Which of the backup's chunks it is. */
  int place() {
    return place;
  }

  /** What it takes of the memory that chunks share. */
  long bytes() {
    return bytes;
  }

  long high(int row) {
    return identities.length == 0 ? lines.hash(row) : (long) LONG.get(identities, ENTRY * row);
  }

  long low(int row) {
    return identities.length == 0
        ? lines.moreHash(row)
        : (long) LONG.get(identities, ENTRY * row + Long.BYTES);
  }

  /** A hash of the row's line, whatever of it is compared. */
  long line(int row) {
    return lines.hash(row);
  }

  Row row(int row) {
    return new Row(
        Arrays.copyOfRange(lines.text(), lines.from(row), lines.to(row)),
        Arrays.copyOfRange(lines.secrets(), lines.secretsFrom(row), lines.secretsTo(row)));
  }
}
