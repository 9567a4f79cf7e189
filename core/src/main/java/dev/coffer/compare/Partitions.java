package dev.coffer.compare;

import dev.coffer.compare.ComparisonResult.Side;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Rows on disk, divided by their keys, so that both sides' rows of one key come into the same
 * partition. For one thread.
 */
final class Partitions {
  private static final int BUFFER = 1 << 16;

  private final SpillFile file;
  private final int bits;
  private final int shift;
  private final long batchBytes;
  private final List<Partition> partitions = new ArrayList<>();
  private long held;

  /** Takes the rows of one side. */
  @FunctionalInterface
  interface Sink {
    void row(KeyedRow row) throws IOException;
  }

  /** One side's rows of a partition. */
  private static final class Half {
    private final List<KeyedRow> batch = new ArrayList<>();
    private final List<SpillFile.Stretch> stretches = new ArrayList<>();
    private long bytes;
  }

  /** Some of the rows of both sides. */
  final class Partition {
    private final Map<Side, Half> halves = new EnumMap<>(Side.class);

    private Half half(Side side) {
      return halves.computeIfAbsent(side, any -> new Half());
    }

    /** About how much memory one side's rows take. */
    long bytes(Side side) {
      return half(side).bytes;
    }

    void rows(Side side, Sink sink) throws IOException {
      for (SpillFile.Stretch stretch : half(side).stretches) {
        try (InputStream content = file.read(stretch)) {
          DataInputStream source = new DataInputStream(new BufferedInputStream(content, BUFFER));
          int count = source.readInt();
          for (int i = 0; i < count; i++) {
            sink.row(KeyedRow.read(source));
          }
        }
      }
    }
  }

  /**
   * Partitions without rows.
   *
   * @param bits their number is two to the power of this
   * @param shift how many bits of the keys' hashes have served for a division before
   * @param batchBytes how much is written at once
   */
  Partitions(SpillFile file, int bits, int shift, long batchBytes) {
    this.file = file;
    this.bits = bits;
    this.shift = shift;
    this.batchBytes = batchBytes;
    for (int i = 0; i < 1 << bits; i++) {
      partitions.add(new Partition());
    }
  }

  /** How many bits of the keys' hashes have served, with these partitions. */
  int usedBits() {
    return shift + bits;
  }

  void add(Side side, KeyedRow row) throws IOException {
    int place = (int) (row.moreKey() >>> shift) & ((1 << bits) - 1);
    Half half = partitions.get(place).half(side);
    half.batch.add(row);
    half.bytes += row.bytes();
    held += row.bytes();
    if (held > batchBytes) {
      flush();
    }
  }

  /** Writes what has been added. */
  void flush() throws IOException {
    for (Partition partition : partitions) {
      for (Half half : partition.halves.values()) {
        if (!half.batch.isEmpty()) {
          half.stretches.add(file.write(target -> write(half.batch, target)));
          half.batch.clear();
        }
      }
    }
    held = 0;
  }

  private static void write(List<KeyedRow> rows, OutputStream target) throws IOException {
    DataOutputStream output = new DataOutputStream(new BufferedOutputStream(target, BUFFER));
    output.writeInt(rows.size());
    for (KeyedRow row : rows) {
      row.write(output);
    }
    output.flush();
  }

  List<Partition> all() {
    return partitions;
  }

  /** Whether a side has no rows here. */
  boolean isEmpty(Side side) {
    return partitions.stream().allMatch(partition -> partition.bytes(side) == 0);
  }
}
