package dev.coffer.restore;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.model.SequenceState;
import dev.coffer.restore.apply.RowChange;
import dev.coffer.restore.apply.RowChangeLog;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/**
 * What a plan would do to which rows, as one hash: two plans with the same pin delete, change and
 * insert the same rows, with the same values. So a plan that somebody has seen is applied as it was
 * seen, or not at all.
 *
 * @param hash 64 hexadecimal digits
 */
public record PlanPin(String hash) {
  /** Of the plan that rebuilds an empty database. */
  static final PlanPin REBUILD = new PlanPin(Sha256.hex(Sha256.of(new byte[0])));

  private static final BigInteger SPACE = BigInteger.ONE.shiftLeft(8 * Sha256.BYTES);

  /** The pin of a plan, whatever order its changes were found in. */
  static PlanPin of(RowChangeLog changes, List<SequenceState> sequences) throws IOException {
    ByteSink all = new ByteSink(1 << 10);
    TreeMap<String, TablePair> tables = new TreeMap<>();
    changes.tables().forEach(pair -> tables.put(pair.after().name().toString(), pair));
    for (TablePair pair : tables.values()) {
      // A sum does not depend on the order, and tells a change that is there twice from one.
      BigInteger[] sum = {BigInteger.ZERO};
      changes.replay(
          pair,
          (number, change) -> sum[0] = sum[0].add(new BigInteger(1, hash(change))).mod(SPACE));
      put(all, pair.after().name().toString().getBytes(StandardCharsets.UTF_8));
      put(all, sum[0].toByteArray());
    }
    sequences.stream()
        .map(SequenceState::toString)
        .sorted()
        .forEach(state -> put(all, state.getBytes(StandardCharsets.UTF_8)));
    return new PlanPin(Sha256.hex(Sha256.of(all.array(), 0, all.length())));
  }

  private static byte[] hash(RowChange change) {
    ByteSink row = new ByteSink(1 << 10);
    put(row, change.key());
    put(row, change.expectedHash().orElse(new byte[0]));
    // The line ends in a fingerprint of the row's secrets: they need not be here themselves.
    put(row, change.wanted().map(Row::line).orElse(new byte[0]));
    return Sha256.of(row.array(), 0, row.length());
  }

  private static void put(ByteSink sink, byte[] bytes) {
    sink.put(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    sink.put(bytes);
  }
}
