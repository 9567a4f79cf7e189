package dev.coffer.restore.apply;

import dev.coffer.loading.StandIn;
import dev.coffer.model.Column;
import dev.coffer.postgres.write.LiveTable;

/** What stands in a live table where a secret stays closed. */
public final class StandIns {
  private StandIns() {}

  /** By the column as it is in the database: a domain's values are those of the type it is over. */
  public static StandIn of(Column column, LiveTable live) {
    return live.columns().stream()
        .filter(found -> found.name().equals(column.name()))
        .map(found ->
            new Column(
                column.name(),
                column.key(),
                found.base(),
                column.kind(),
                found.notNull(),
                column.sealed(),
                column.generation()))
        .findFirst()
        .map(StandIn::of)
        .orElseGet(() -> StandIn.of(column));
  }
}
