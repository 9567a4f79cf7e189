package dev.coffer.restore;

import dev.coffer.bytes.Sha256;
import dev.coffer.compare.TablePair;
import dev.coffer.model.SequenceState;
import dev.coffer.restore.apply.RowChange;
import dev.coffer.restore.apply.RowChangeLog;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
  /** Of a plan that touches no row of a database that has tables. */
  static final PlanPin REBUILD = new PlanPin(Sha256.hex(Sha256.of(new byte[0])));

  private static final BigInteger SPACE = BigInteger.ONE.shiftLeft(8 * Sha256.BYTES);

  /** The pin of a plan, whatever order its changes were found in. */
  static PlanPin of(RowChangeLog changes, List<SequenceState> sequences) throws IOException {
    MessageDigest digest = Sha256.digest();
    TreeMap<String, TablePair> tables = new TreeMap<>();
    changes.tables().forEach(pair -> tables.put(pair.after().name().toString(), pair));
    for (TablePair pair : tables.values()) {
      // A sum does not depend on the order, and tells a change that is there twice from one.
      BigInteger[] sum = {BigInteger.ZERO};
      changes.replay(
          pair,
          (number, change) -> sum[0] = sum[0].add(new BigInteger(1, hash(change))).mod(SPACE));
      put(digest, pair.after().name().toString().getBytes(StandardCharsets.UTF_8));
      put(digest, sum[0].toByteArray());
    }
    sequences.stream()
        .map(SequenceState::toString)
        .sorted()
        .forEach(state -> put(digest, state.getBytes(StandardCharsets.UTF_8)));
    return new PlanPin(Sha256.hex(digest.digest()));
  }

  private static byte[] hash(RowChange change) {
    MessageDigest digest = Sha256.digest();
    put(digest, change.key());
    put(digest, change.expectedHash().orElse(new byte[0]));
    // The line ends in a fingerprint of the row's secrets: they need not be here themselves.
    put(digest, change.wanted().map(row -> row.line()).orElse(new byte[0]));
    return digest.digest();
  }

  private static void put(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
