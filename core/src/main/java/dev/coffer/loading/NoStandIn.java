package dev.coffer.loading;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.List;
import java.util.Optional;

/** Tells of sealed columns that take nothing in the place of a value that nothing opens. */
public final class NoStandIn {
  private NoStandIn() {}

  /** A line for people. */
  public static String line(Table table, Column column, String reason) {
    return "table %s: column %s (%s): %s"
        .formatted(table.logicalName(), column.name(), column.type(), reason);
  }

  /** Why a stand-in cannot serve so many rows, as far as that is known without the database. */
  public static Optional<String> repeated(Table table, Column column, StandIn standIn, long rows) {
    boolean alone =
        table.primaryKey().equals(List.of(column.name()))
            || table.uniqueKeys().contains(List.of(column.name()));
    return alone && !standIn.differ(rows)
        ? Optional.of("it must differ from row to row, and there is no room for that")
        : Optional.empty();
  }

  /**
   * The refusal to go on without the key.
   *
   * @param lines at least one
   */
  public static CofferException refusal(List<String> lines) {
    return new CofferException(
        ErrorCode.KEY_NEEDED,
        "without the key these columns cannot be filled:\n  " + String.join("\n  ", lines),
        "Nothing was changed. Name the identity with --identity FILE, or leave the tables out: name"
            + " the others with --table.");
  }
}
