package dev.coffer.restore.apply;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.compare.Row;
import dev.coffer.compare.SpillFile;
import dev.coffer.compare.TablePair;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps changes by table, to be gone through as often as needed, always in the same order: a few in
 * memory, more in a private encrypted file. For one thread.
 */
public final class RowChangeLog implements AutoCloseable {
  private static final int IN_MEMORY = 4 << 20;
  private static final int KEEP = 1 << 12;
  private static final int BUFFER = 1 << 16;
  private static final int EXPECTED = 1;
  private static final int WANTED = 2;

  private final Map<TablePair, Entries> tables = new LinkedHashMap<>();
  private final SpillFile file;
  private long held;

  /** Takes the changes of a table, numbered from 0. */
  @FunctionalInterface
  public interface Visitor {
    void change(long number, RowChange change) throws IOException;
  }

  /** How many rows are inserted, changed and deleted. */
  public record Counts(long inserted, long changed, long deleted) {
    public static final Counts NONE = new Counts(0, 0, 0);

    public long all() {
      return inserted + changed + deleted;
    }

    Counts with(RowChange change) {
      if (change.expectedHash().isEmpty()) {
        return new Counts(inserted + 1, changed, deleted);
      }
      return change.wanted().isPresent()
          ? new Counts(inserted, changed + 1, deleted)
          : new Counts(inserted, changed, deleted + 1);
    }
  }

  private static final class Entries {
    private final List<SpillFile.Stretch> stretches = new ArrayList<>();
    private final ByteSink buffer = new ByteSink(0);
    private Counts counts = Counts.NONE;
  }

  /** A log whose file, if it needs one, lies in {@code temporary}. */
  public RowChangeLog(Path temporary) {
    file = new SpillFile(temporary);
  }

  public void add(TablePair pair, RowChange change) throws IOException {
    Entries entries = tables.computeIfAbsent(pair, any -> new Entries());
    entries.counts = entries.counts.with(change);
    ByteSink buffer = entries.buffer;
    int before = buffer.length();
    int kind =
        (change.expectedHash().isPresent() ? EXPECTED : 0)
            | (change.wanted().isPresent() ? WANTED : 0);
    buffer.put(kind);
    put(buffer, change.key());
    change.expectedHash().ifPresent(buffer::put);
    if (change.wanted().isPresent()) {
      put(buffer, change.wanted().get().line());
      put(buffer, change.wanted().get().secrets());
    }
    held += buffer.length() - before;
    if (held > IN_MEMORY) {
      spill();
    }
  }

  private static void put(ByteSink buffer, byte[] bytes) {
    buffer.put(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    buffer.put(bytes);
  }

  private void spill() throws IOException {
    for (Entries entries : tables.values()) {
      ByteSink buffer = entries.buffer;
      if (buffer.length() > 0) {
        entries.stretches.add(
            file.write(target -> target.write(buffer.array(), 0, buffer.length())));
        buffer.clear(KEEP);
      }
    }
    held = 0;
  }

  /** The tables that have changes, in the order in which they came. */
  public List<TablePair> tables() {
    return List.copyOf(tables.keySet());
  }

  public Counts counts(TablePair pair) {
    return Optional.ofNullable(tables.get(pair)).map(entries -> entries.counts).orElse(Counts.NONE);
  }

  /** Gives a table's changes, in the order in which they came. */
  public void replay(TablePair pair, Visitor visitor) throws IOException {
    Entries entries = tables.get(pair);
    if (entries == null) {
      return;
    }
    long number = 0;
    for (SpillFile.Stretch stretch : entries.stretches) {
      try (InputStream content = file.read(stretch)) {
        number = read(content, number, visitor);
      }
    }
    ByteSink rest = entries.buffer;
    read(new ByteArrayInputStream(rest.array(), 0, rest.length()), number, visitor);
  }

  private static long read(InputStream content, long first, Visitor visitor) throws IOException {
    DataInputStream input = new DataInputStream(new BufferedInputStream(content, BUFFER));
    long number = first;
    for (int kind = input.read(); kind >= 0; kind = input.read()) {
      byte[] key = bytes(input, input.readInt());
      Optional<byte[]> expected =
          (kind & EXPECTED) == 0 ? Optional.empty() : Optional.of(bytes(input, Sha256.BYTES));
      Optional<Row> wanted =
          (kind & WANTED) == 0
              ? Optional.empty()
              : Optional.of(new Row(bytes(input, input.readInt()), bytes(input, input.readInt())));
      visitor.change(number++, new RowChange(key, expected, wanted));
    }
    return number;
  }

  private static byte[] bytes(DataInputStream input, int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a log of changes ends in a row");
    }
    return bytes;
  }

  @Override
  public void close() {
    tables.clear();
    file.close();
  }
}
