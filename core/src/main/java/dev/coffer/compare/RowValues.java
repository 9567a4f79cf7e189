package dev.coffer.compare;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.ComparisonResult.Secrets;
import dev.coffer.compare.ComparisonResult.Side;
import dev.coffer.compare.TablePair.ColumnPair;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the values of rows that differ, for people. Never gives a sealed value, even an open one.
 * For one thread.
 */
public final class RowValues {
  private static final int KEEP = 1 << 16;

  private final TablePair pair;
  private final RowPair rows;
  private final ByteSink buffer = new ByteSink(1 << 10);

  /**
   * A value.
   *
   * @param column its name on its own side
   * @param text PostgreSQL's; empty where it is null or sealed
   */
  public record Value(String column, Optional<String> text, boolean sealed) {}

  /**
   * How a row changed.
   *
   * @param columns those that changed and that one can tell
   * @param sealed whether sealed values changed, known or not which
   */
  public record RowChange(List<ColumnChange> columns, boolean sealed) {
    public RowChange {
      columns = List.copyOf(columns);
    }
  }

  /** A column's value in both states. */
  public record ColumnChange(Value before, Value after) {}

  /**
   * Reads rows of a table.
   *
   * @param secrets as the comparison's result tells
   */
  public RowValues(TablePair pair, Secrets secrets) {
    this.pair = pair;
    rows = new RowPair(pair, secrets);
  }

  /** The values that tell the row apart: of its key; where there is none, all that are compared. */
  public List<Value> name(Row row, Side side) {
    return values(
        row, side, column -> pair.key().isEmpty() || pair.key().contains(column.before().name()));
  }

  /** All values that are compared. */
  public List<Value> all(Row row, Side side) {
    return values(row, side, column -> true);
  }

  private List<Value> values(Row row, Side side, Predicate<ColumnPair> wanted) {
    rows.side(side).read(row);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < rows.columns(); i++) {
      if (wanted.test(pair.columns().get(i))) {
        values.add(value(side, i));
      }
    }
    return values;
  }

  private Value value(Side side, int column) {
    SideRows own = rows.side(side);
    ColumnPair columns = pair.columns().get(column);
    String name = side == Side.BEFORE ? columns.before().name() : columns.after().name();
    if (own.isNull(column)) {
      return new Value(name, Optional.empty(), false);
    }
    if (own.isSealed(column)) {
      return new Value(name, Optional.empty(), true);
    }
    buffer.clear(KEEP);
    own.text(column, buffer);
    String text = new String(buffer.array(), 0, buffer.length(), StandardCharsets.UTF_8);
    return new Value(name, Optional.of(text), false);
  }

  /** What changed in a row. */
  public RowChange change(Change.Changed row) {
    rows.read(row.before(), row.after());
    List<ColumnChange> changes = new ArrayList<>();
    boolean sealed = rows.fingerprintsDiffer();
    for (int i = 0; i < rows.columns(); i++) {
      if (rows.differs(i)) {
        sealed |= rows.isSealed(i);
        changes.add(new ColumnChange(value(Side.BEFORE, i), value(Side.AFTER, i)));
      }
    }
    return new RowChange(changes, sealed);
  }
}
