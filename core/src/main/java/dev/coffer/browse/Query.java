package dev.coffer.browse;

import java.util.List;

/** What rows are looked for. */
public sealed interface Query {

  /**
   * Rows that have a text somewhere in a value, in capitals or not. Locked values have none.
   *
   * @param text not empty
   */
  record Text(String text) implements Query {}

  /** Rows whose columns have exactly these values, given as PostgreSQL writes them. */
  record Exactly(List<String> columns, List<String> values) implements Query {
    public Exactly {
      columns = List.copyOf(columns);
      values = List.copyOf(values);
    }
  }
}
