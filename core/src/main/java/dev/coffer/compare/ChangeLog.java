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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps differences by table, to be gone through as often as needed: a few in memory, more in a
 * private file that is encrypted with a key of this process and has no name. For one thread at a
 * time.
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

    Counts minus(Counts other) {
      return new Counts(added - other.added, removed - other.removed, changed - other.changed);
    }

    /** How many are of those kinds. */
    public long of(Set<ChangeKind> kinds) {
      return (kinds.contains(ChangeKind.ADDED) ? added : 0)
          + (kinds.contains(ChangeKind.REMOVED) ? removed : 0)
          + (kinds.contains(ChangeKind.CHANGED) ? changed : 0);
    }
  }

  /** Some of a table's differences on the disk, and how many of each kind. */
  private record Part(SpillFile.Stretch stretch, Counts counts) {}

  /** The differences of one table. */
  private static final class Entries {
    private final TablePair pair;
    private final List<Part> parts = new ArrayList<>();
    private final ByteSink buffer = new ByteSink(0);
    private Counts spilled = Counts.NONE;
    private long added;
    private long removed;
    private long changed;

    Entries(TablePair pair) {
      this.pair = pair;
    }

    Counts counts() {
      return new Counts(added, removed, changed);
    }

    /** Of what is in the buffer. */
    Counts buffered() {
      return counts().minus(spilled);
    }

    void spilledTo(SpillFile.Stretch stretch) {
      parts.add(new Part(stretch, buffered()));
      spilled = counts();
      buffer.clear(KEEP);
    }
  }

  /** Takes differences until it has had enough. */
  @FunctionalInterface
  public interface Walker {

    /** Whether to go on. */
    boolean change(Change change) throws IOException;
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
        entries.spilledTo(file.write(target -> target.write(buffer.array(), 0, buffer.length())));
      }
    }
    held = 0;
  }

  /** The tables that were begun, in that order, whether or not they differ. */
  public List<TablePair> tables() {
    return List.copyOf(tables.keySet());
  }

  public Counts counts(TablePair pair) {
    return Optional.ofNullable(tables.get(pair)).map(Entries::counts).orElse(Counts.NONE);
  }

  /** What all tables have together. */
  public Counts counts() {
    return tables.keySet().stream().map(this::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** About how many bytes it holds. */
  public long bytes() {
    return file.bytes() + held;
  }

  /** Gives a table's differences again, in the order in which they came. */
  public void replay(TablePair pair, ChangeVisitor visitor) throws IOException {
    walk(
        pair,
        EnumSet.allOf(ChangeKind.class),
        0,
        change -> {
          visitor.change(change);
          return true;
        });
  }

  /**
   * Gives some of a table's differences again, in the order in which they came. Of those skipped, a
   * few megabytes at most are read.
   *
   * @param kinds those wanted
   * @param skip how many of them are passed over first
   */
  public void walk(TablePair pair, Set<ChangeKind> kinds, long skip, Walker walker)
      throws IOException {
    Entries entries = tables.get(pair);
    if (entries == null) {
      return;
    }
    Walk walk = new Walk(kinds, skip, walker);
    for (Part part : entries.parts) {
      if (walk.over) {
        return;
      }
      if (!walk.skips(part.counts())) {
        try (InputStream content = file.read(part.stretch())) {
          walk.read(content);
        }
      }
    }
    if (!walk.over && !walk.skips(entries.buffered())) {
      walk.read(new ByteArrayInputStream(entries.buffer.array(), 0, entries.buffer.length()));
    }
  }

  /** One way through a table's differences. */
  private static final class Walk {
    private final Set<ChangeKind> kinds;
    private final Walker walker;
    private long skip;
    private boolean over;

    Walk(Set<ChangeKind> kinds, long skip, Walker walker) {
      this.kinds = kinds;
      this.skip = skip;
      this.walker = walker;
    }

    boolean skips(Counts counts) {
      long wanted = counts.of(kinds);
      if (wanted > skip) {
        return false;
      }
      skip -= wanted;
      return true;
    }

    void read(InputStream content) throws IOException {
      DataInputStream input = new DataInputStream(new BufferedInputStream(content, BUFFER));
      for (int mark = input.read(); mark >= 0 && !over; mark = input.read()) {
        Row first = row(input);
        Change change =
            switch (mark) {
              case ADDED -> new Change.Added(first);
              case REMOVED -> new Change.Removed(first);
              default -> new Change.Changed(first, row(input));
            };
        if (kinds.contains(ChangeKind.of(change)) && skip-- <= 0) {
          over = !walker.change(change);
        }
      }
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
