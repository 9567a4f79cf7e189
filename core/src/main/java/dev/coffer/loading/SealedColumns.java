package dev.coffer.loading;

import dev.coffer.model.Column;
import dev.coffer.model.Identifiers;
import dev.coffer.model.SchemaStatement.Section;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sealed columns of a script for which there are no real values, and what stands there. */
public final class SealedColumns {
  private final Map<String, List<StandIn>> standIns = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> loosened = new ArrayList<>();

  public SealedColumns(List<Table> tables, boolean opened) {
    for (Table table : tables) {
      List<StandIn> ofTable = new ArrayList<>();
      for (Column column : table.storedColumns()) {
        StandIn standIn = column.sealed() && !opened ? StandIn.of(column) : StandIn.NULL;
        ofTable.add(standIn);
        if (column.sealed() && !opened) {
          note(table, column, standIn);
        }
      }
      standIns.put(table.logicalName(), ofTable);
    }
  }

  private void note(Table table, Column column, StandIn standIn) {
    String name = table.name().sql() + "." + Identifiers.quote(column.name());
    boolean loosen = column.notNull() && standIn == StandIn.NULL;
    notes.add(
        name
            + " is "
            + standIn.description()
            + (loosen ? ", which the source does not allow" : ""));
    if (loosen) {
      loosened.add(
          "ALTER TABLE "
              + table.name().sql()
              + " ALTER COLUMN "
              + Identifiers.quote(column.name())
              + " DROP NOT NULL;");
    }
  }

  /** What is not real, a line for each column. */
  public List<String> notes() {
    return notes;
  }

  /** What takes the place of each stored column's closed values. */
  public List<StandIn> standIns(Table table) {
    return standIns.getOrDefault(table.logicalName(), List.of());
  }

  /**
   * Statements at the end of a section: columns whose type has no unusable value become nullable.
   */
  public List<String> statements(Section section) {
    return section == Section.PRE_DATA ? loosened : List.of();
  }
}
