package dev.coffer.portal.communications;

import java.util.List;

/**
 * One object of the migration and the SQL that creates it.
 *
 * @param kind table, constraint, index, function, trigger or view
 * @param on the table that a constraint or a trigger belongs to, else empty
 * @param requires the table without which the step is left out, else empty
 * @param columns what an object of this name must have to be taken for this one
 */
record Step(
    String kind, String name, String on, String requires, List<String> columns, String sql) {

  Step {
    columns = List.copyOf(columns);
  }

  String title() {
    return kind + " " + name;
  }
}
