package dev.coffer.restore.rebuild;

import dev.coffer.error.CofferException;
import dev.coffer.loading.NoStandIn;
import dev.coffer.loading.StandIn;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.TargetSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the columns of new tables take what stands there while a secret stays closed. Asked when
 * the structure is there, and before the first row is.
 */
final class ClosedColumns {
  private final Source source;
  private final TargetSession session;

  private ClosedColumns(Source source, TargetSession session) {
    this.source = source;
    this.session = session;
  }

  /**
   * @throws CofferException {@code KEY_NEEDED} naming all that do not
   */
  static void require(Source source, TargetSession session) {
    if (source.backup().opensSecrets()) {
      return;
    }
    List<String> problems = new ClosedColumns(source, session).problems();
    if (!problems.isEmpty()) {
      throw NoStandIn.refusal(problems);
    }
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Table table : source.tables()) {
      List<Column> stored = table.storedColumns();
      for (int i = 0; i < stored.size() && source.rows(table) > 0; i++) {
        Column column = stored.get(i);
        if (column.sealed()) {
          problem(table, column, source.sealed().standIns(table).get(i))
              .ifPresent(reason -> problems.add(NoStandIn.line(table, column, reason)));
        }
      }
    }
    return problems;
  }

  private Optional<String> problem(Table table, Column column, StandIn standIn) {
    if (standIn == StandIn.NULL && table.primaryKey().contains(column.name())) {
      return Optional.of("it belongs to the primary key, and its type has no value to stand there");
    }
    return session
        .refusal(table.name(), column.name(), standIn.example())
        .or(() -> NoStandIn.repeated(table, column, standIn, source.rows(table)));
  }
}
