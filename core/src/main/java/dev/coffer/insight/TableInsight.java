package dev.coffer.insight;

import dev.coffer.model.BackupInfo.FlaggedRows;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.RowView;
import dev.coffer.profile.Rule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the rows of one table for one thread. Several may watch parts of one table: merged in any
 * order, they know what one that saw every row would know.
 */
public final class TableInsight {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private final TablePlan plan;
  private final Looking[] everyRow;
  private final Looking[] nonAsciiRows;
  private final Gauge[] gauges;
  private long rows;

  TableInsight(TablePlan plan) {
    this.plan = plan;
    this.everyRow = plan.watches().stream().map(Looking::new).toArray(Looking[]::new);
    this.nonAsciiRows = plan.nonAsciiWatches().stream().map(Looking::new).toArray(Looking[]::new);
    this.gauges = plan.gauges().stream().map(Gauge.Spec::start).toArray(Gauge[]::new);
  }

  /** A column that rules look at, and what they found there. */
  private static final class Looking {
    private final int column;
    private final String key;
    private final Rule[] rules;
    private final @Nullable FlaggedIds[] flagged;

    Looking(TablePlan.Watch watch) {
      this.column = watch.column();
      this.key = watch.key();
      this.rules = watch.rules().toArray(Rule[]::new);
      this.flagged = new @Nullable FlaggedIds[rules.length];
    }

    FlaggedIds flaggedBy(int rule) {
      FlaggedIds ids = flagged[rule];
      if (ids == null) {
        ids = new FlaggedIds();
        flagged[rule] = ids;
      }
      return ids;
    }

    void merge(Looking other) {
      for (int rule = 0; rule < rules.length; rule++) {
        FlaggedIds theirs = other.flagged[rule];
        if (theirs != null) {
          flaggedBy(rule).merge(theirs);
        }
      }
    }
  }

  /** Whether anybody wants to know about the rows; if not, they need not be shown. */
  public boolean watches() {
    return plan.watchesAnything();
  }

  /** Looks at one row, whose columns are numbered as in the table's stored columns. */
  public void row(RowView row) {
    rows++;
    for (Gauge gauge : gauges) {
      gauge.row(row);
    }
    byte[] bytes = row.bytes();
    for (Looking looking : everyRow) {
      int column = looking.column;
      if (!row.isNull(column)) {
        look(row, looking, bytes, row.start(column), row.end(column));
      }
    }
    if (nonAsciiRows.length > 0 && row.hasNonAscii()) {
      lookAtNonAscii(row, bytes);
    }
  }

  private void lookAtNonAscii(RowView row, byte[] bytes) {
    for (Looking looking : nonAsciiRows) {
      int column = looking.column;
      if (!row.isNull(column)) {
        int start = row.start(column);
        int end = row.end(column);
        if (hasNonAscii(bytes, start, end)) {
          look(row, looking, bytes, start, end);
        }
      }
    }
  }

  private static boolean hasNonAscii(byte[] bytes, int start, int end) {
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      if (((long) EIGHT_BYTES.get(bytes, at) & HIGH_BITS) != 0) {
        return true;
      }
    }
    for (; at < end; at++) {
      if (bytes[at] < 0) {
        return true;
      }
    }
    return false;
  }

  private void look(RowView row, Looking looking, byte[] bytes, int start, int end) {
    Rule[] rules = looking.rules;
    for (int rule = 0; rule < rules.length; rule++) {
      if (Check.flags(rules[rule], row, looking.column, bytes, start, end)) {
        FlaggedIds ids = looking.flaggedBy(rule);
        if (plan.idColumns().isEmpty()) {
          ids.addRow();
        } else {
          ids.addRow(id(row));
        }
      }
    }
  }

  private String id(RowView row) {
    StringBuilder id = new StringBuilder();
    for (int at = 0; at < plan.idColumns().size(); at++) {
      TablePlan.IdColumn column = plan.idColumns().get(at);
      String text = row.text(column.column());
      id.append(at == 0 ? "" : ",")
          .append(column.isBoolean() ? Boolean.toString(text.startsWith("t")) : text);
    }
    return id.toString();
  }

  /** Adds what {@code other}, an observer of the same table, has seen; leaves that as it is. */
  public void merge(TableInsight other) {
    if (!other.plan.equals(plan)) {
      throw new IllegalArgumentException(other.table() + " is not " + table());
    }
    rows += other.rows;
    for (int at = 0; at < gauges.length; at++) {
      gauges[at].merge(other.gauges[at]);
    }
    merge(everyRow, other.everyRow);
    merge(nonAsciiRows, other.nonAsciiRows);
  }

  private static void merge(Looking[] ours, Looking[] theirs) {
    for (int at = 0; at < ours.length; at++) {
      ours[at].merge(theirs[at]);
    }
  }

  QualifiedName table() {
    return plan.name();
  }

  long rows() {
    return rows;
  }

  Gauge gauge(int at) {
    return gauges[at];
  }

  List<FlaggedRows> flagged() {
    List<FlaggedRows> result = new ArrayList<>();
    for (Looking[] all : List.of(everyRow, nonAsciiRows)) {
      for (Looking looking : all) {
        for (int rule = 0; rule < looking.rules.length; rule++) {
          FlaggedIds ids = looking.flagged[rule];
          if (ids != null) {
            String word = looking.rules[rule].word();
            String table = plan.table().logicalName();
            result.add(new FlaggedRows(word, table, looking.key, ids.rows(), ids.ids()));
          }
        }
      }
    }
    return result;
  }
}
