package dev.coffer.restore;

import dev.coffer.compare.TablePair;
import dev.coffer.json.RowDecoder;
import dev.coffer.loading.NoStandIn;
import dev.coffer.loading.StandIn;
import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.LiveTable;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.restore.apply.RowChangeLog;
import dev.coffer.restore.apply.StandIns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the columns of rows to be inserted take what stands there while a secret stays closed.
 * Asked before anything is written.
 */
final class StandInCheck {
  private final WriteTransaction target;
  private final List<String> problems = new ArrayList<>();

  private StandInCheck(WriteTransaction target) {
    this.target = target;
  }

  /** What does not, a line each. */
  static List<String> problems(WriteTransaction target, RowChangeLog changes, Plan plan)
      throws IOException {
    List<String> inserting =
        plan.tables().stream().filter(table -> table.resets() > 0).map(TablePlan::name).toList();
    StandInCheck check = new StandInCheck(target);
    for (TablePair pair : changes.tables()) {
      if (inserting.contains(pair.after().logicalName())
          && pair.after().kind() != Table.Kind.LARGE_OBJECTS) {
        check.table(pair, closed(changes, pair));
      }
    }
    return check.problems;
  }

  /** How many of the rows to be inserted hold a closed value, by stored column of the backup. */
  private static long[] closed(RowChangeLog changes, TablePair pair) throws IOException {
    RowDecoder decoder = new RowDecoder(pair.before());
    long[] closed = new long[pair.before().storedColumns().size()];
    changes.replay(
        pair,
        (number, change) -> {
          if (change.expectedHash().isEmpty() && change.wanted().isPresent()) {
            change.wanted().get().read(decoder, pair.before());
            for (int i = 0; i < closed.length; i++) {
              closed[i] += decoder.isClosed(i) ? 1 : 0;
            }
          }
        });
    return closed;
  }

  private void table(TablePair pair, long[] closed) {
    QualifiedName name = pair.after().name();
    Map<QualifiedName, LiveTable> found = target.look(List.of(name));
    if (!found.containsKey(name)) {
      return;
    }
    LiveTable live = Objects.requireNonNull(found.get(name));
    List<String> stored = pair.before().storedColumns().stream().map(Column::name).toList();
    target.trying(trial -> {
      for (TablePair.ColumnPair columns : pair.columns()) {
        long rows = closed[stored.indexOf(columns.before().name())];
        if (rows > 0) {
          Column column = columns.after();
          StandIn standIn = StandIns.of(column, live);
          Optional<String> refusal = trial.refusal(name, column.name(), standIn.example());
          refusal
              .or(() -> NoStandIn.repeated(pair.after(), column, standIn, rows))
              .ifPresent(reason -> problems.add(NoStandIn.line(pair.after(), column, reason)));
        }
      }
    });
  }
}
