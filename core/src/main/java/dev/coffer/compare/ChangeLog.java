package dev.coffer.compare;

import dev.coffer.bytes.ByteSink;
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
 * Keeps differences by table, to be gone through as often as needed: a few in memory, more in a
 * private file that is encrypted with a key of this process and has no name. For one thread.
 */
public final class ChangeLog implements ChangeSink, AutoCloseable {
  private static final int IN_MEMORY = 4 << 20;
  private static final int KEEP = 1 << 12;
  private static final int BUFFER = 1 << 16;
  private static final int ADDED = 1;
  private static final int REMOVED = 2;
  private static final int CHANGED = 3;

  private final Map<TablePair, Entries> tables = new LinkedHashMap<>();
  private final SpillFile file;
  private Optional<Entries> current = Optional.empty();
  private long held;

  /** How many rows of a table differ, and how. */
  public record Counts(long added, long removed, long changed) {
    public static final Counts NONE = new Counts(0, 0, 0);

    public long all() {
      return added + removed + changed;
    }

    public Counts plus(Counts other) {
      return new Counts(added + other.added, removed + other.removed, changed + other.changed);
    }
  }

  /** The differences of one table. */
  private static final class Entries {
    private final TablePair pair;
    private final List<SpillFile.Stretch> stretches = new ArrayList<>();
    private final ByteSink buffer = new ByteSink(0);
    private long added;
    private long removed;
    private long changed;

    Entries(TablePair pair) {
      this.pair = pair;
    }
  }

  /** A log whose file, if it needs one, lies in the system's folder for temporary files. */
  public ChangeLog() {
    this(Path.of(System.getProperty("java.io.tmpdir")));
  }

  public ChangeLog(Path folder) {
    file = new SpillFile(folder);
  }

  @Override
  public void table(TablePair pair) {
    current = Optional.of(entries(pair));
  }

  @SuppressWarnings("ReferenceEquality") // mostly the same, and slow to compare by value
  private Entries entries(TablePair pair) {
    if (current.isPresent() && current.get().pair == pair) {
      return current.get();
    }
    return tables.computeIfAbsent(pair, Entries::new);
  }

  /**
   * Keeps a difference.
   *
   * @throws dev.coffer.error.CofferException {@code TARGET_FULL} or {@code TARGET_UNWRITABLE}
   */
  @Override
  public void change(TablePair pair, Change change) throws IOException {
    Entries entries = entries(pair);
    current = Optional.of(entries);
    int before = entries.buffer.length();
    switch (change) {
      case Change.Added(Row after) -> {
        entries.added++;
        entries.buffer.put(ADDED);
        put(entries.buffer, after);
      }
      case Change.Removed(Row row) -> {
        entries.removed++;
        entries.buffer.put(REMOVED);
        put(entries.buffer, row);
      }
      case Change.Changed(Row row, Row after) -> {
        entries.changed++;
        entries.buffer.put(CHANGED);
        put(entries.buffer, row);
        put(entries.buffer, after);
      }
    }
    held += entries.buffer.length() - before;
    if (held > IN_MEMORY) {
      spill();
    }
  }

  private static void put(ByteSink buffer, Row row) {
    put(buffer, row.line());
    put(buffer, row.secrets());
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

  /** The tables that were begun, in that order, whether or not they differ. */
  public List<TablePair> tables() {
    return List.copyOf(tables.keySet());
  }

  public Counts counts(TablePair pair) {
    return Optional.ofNullable(tables.get(pair))
        .map(entries -> new Counts(entries.added, entries.removed, entries.changed))
        .orElse(Counts.NONE);
  }

  /** What all tables have together. */
  public Counts counts() {
    return tables.keySet().stream().map(this::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** Gives a table's differences again, in the order in which they came. */
  public void replay(TablePair pair, ChangeVisitor visitor) throws IOException {
    Entries entries = tables.get(pair);
    if (entries == null) {
      return;
    }
    for (SpillFile.Stretch stretch : entries.stretches) {
      try (InputStream content = file.read(stretch)) {
        read(content, visitor);
      }
    }
    read(new ByteArrayInputStream(entries.buffer.array(), 0, entries.buffer.length()), visitor);
  }

  private static void read(InputStream content, ChangeVisitor visitor) throws IOException {
    DataInputStream input = new DataInputStream(new BufferedInputStream(content, BUFFER));
    for (int kind = input.read(); kind >= 0; kind = input.read()) {
      Row first = row(input);
      visitor.change(
          switch (kind) {
            case ADDED -> new Change.Added(first);
            case REMOVED -> new Change.Removed(first);
            default -> new Change.Changed(first, row(input));
          });
    }
  }

  private static Row row(DataInputStream input) throws IOException {
    return new Row(bytes(input), bytes(input));
  }

  private static byte[] bytes(DataInputStream input) throws IOException {
    int length = input.readInt();
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("a log of changes ends in a row");
    }
    return bytes;
  }

  /** Forgets everything. */
  @Override
  public void close() {
    tables.clear();
    current = Optional.empty();
    file.close();
  }
}
