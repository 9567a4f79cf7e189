package dev.coffer.browse;

import dev.coffer.model.Table;
import java.util.List;

/**
 * Rows that a row points to, or that point to it.
 *
 * @param table theirs
 * @param columns of theirs, that have {@code values}
 * @param own the columns of the row itself by which they are related
 * @param declared whether the database holds the link, not only the profile
 */
public record Related(
    Table table,
    List<String> columns,
    List<String> values,
    List<String> own,
    boolean declared,
    Found found) {
  public Related {
    columns = List.copyOf(columns);
    values = List.copyOf(values);
    own = List.copyOf(own);
  }
}
