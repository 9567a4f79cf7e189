package dev.coffer.compare;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.ComparisonResult.Side;
import java.util.Arrays;

/** A row in both states, and where it differs. For one thread. */
final class RowPair {
  private static final int KEEP = 1 << 16;

  private final SideRows before;
  private final SideRows after;
  private final boolean byFingerprint;
  private final ByteSink from = new ByteSink(1 << 10);
  private final ByteSink to = new ByteSink(1 << 10);

  RowPair(TablePair pair, Secrets secrets) {
    before = new SideRows(pair, Side.BEFORE, secrets);
    after = new SideRows(pair, Side.AFTER, secrets);
    byFingerprint = secrets == Secrets.BY_FINGERPRINT;
  }

  SideRows side(Side side) {
    return side == Side.BEFORE ? before : after;
  }

  void read(Row earlier, Row later) {
    before.read(earlier);
    after.read(later);
  }

  int columns() {
    return before.columns();
  }

  /** Whether a column is sealed on either side. */
  boolean isSealed(int column) {
    return before.isSealed(column);
  }

  boolean differs(int column) {
    clear();
    before.value(column, from);
    after.value(column, to);
    return !same();
  }

  /** The primary key is part of a fingerprint: where it changed, nothing is known. */
  boolean fingerprintsDiffer() {
    if (!byFingerprint) {
      return false;
    }
    clear();
    before.primaryKey(from);
    after.primaryKey(to);
    if (!same()) {
      return false;
    }
    clear();
    before.fingerprint(from);
    after.fingerprint(to);
    return !same();
  }

  private void clear() {
    from.clear(KEEP);
    to.clear(KEEP);
  }

  private boolean same() {
    return Arrays.equals(from.array(), 0, from.length(), to.array(), 0, to.length());
  }
}
