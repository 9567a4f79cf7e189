package dev.coffer.insight;

import dev.coffer.model.BackupInfo.FlaggedRows;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.RowView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Watches the rows of one table for one thread. Several may watch parts of one table: merged in any
 * order, they know what one that saw every row would know.
 */
public final class TableInsight {
  private final TablePlan plan;
  private final TablePlan.Watch[] watches;
  private final TablePlan.Watch[] nonAsciiWatches;
  private final @Nullable FlaggedIds[] flagged;
  private final Gauge[] gauges;
  private long rows;

  TableInsight(TablePlan plan) {
    this.plan = plan;
    this.watches = plan.watches().toArray(TablePlan.Watch[]::new);
    this.nonAsciiWatches = plan.nonAsciiWatches().toArray(TablePlan.Watch[]::new);
    this.flagged = new @Nullable FlaggedIds[watches.length + nonAsciiWatches.length];
    this.gauges = plan.gauges().stream().map(Gauge.Spec::start).toArray(Gauge[]::new);
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
    for (int at = 0; at < watches.length; at++) {
      look(row, watches[at], at);
    }
    if (nonAsciiWatches.length > 0 && row.hasNonAscii()) {
      for (int at = 0; at < nonAsciiWatches.length; at++) {
        look(row, nonAsciiWatches[at], watches.length + at);
      }
    }
  }

  private void look(RowView row, TablePlan.Watch watch, int place) {
    int column = watch.column();
    if (!row.isNull(column) && Check.flags(watch.rule(), row, column)) {
      flag(row, place);
    }
  }

  private void flag(RowView row, int place) {
    FlaggedIds ids = flaggedAt(place);
    if (plan.idColumns().isEmpty()) {
      ids.addRow();
    } else {
      ids.addRow(id(row));
    }
  }

  private FlaggedIds flaggedAt(int place) {
    FlaggedIds ids = flagged[place];
    if (ids == null) {
      ids = new FlaggedIds();
      flagged[place] = ids;
    }
    return ids;
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
    for (int at = 0; at < flagged.length; at++) {
      FlaggedIds theirs = other.flagged[at];
      if (theirs != null) {
        flaggedAt(at).merge(theirs);
      }
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
    List<TablePlan.Watch> all = new ArrayList<>(Arrays.asList(watches));
    all.addAll(Arrays.asList(nonAsciiWatches));
    List<FlaggedRows> result = new ArrayList<>();
    for (int at = 0; at < flagged.length; at++) {
      FlaggedIds ids = flagged[at];
      if (ids != null) {
        result.add(
            new FlaggedRows(
                all.get(at).rule().word(),
                plan.table().logicalName(),
                all.get(at).key(),
                ids.rows(),
                ids.ids()));
      }
    }
    return result;
  }
}
