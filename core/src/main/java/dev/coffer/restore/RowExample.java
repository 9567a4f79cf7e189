package dev.coffer.restore;

import java.util.List;
import java.util.Optional;

/**
 * A row that a restore touches, for people who may see it: it holds values of the row, and never
 * shows them in a text of its own.
 *
 * @param key a JSON array; empty where the table has no key
 * @param fields those that change; of a row that comes back or goes the first that hold something
 */
public record RowExample(What what, String key, List<Field> fields) {

  /** What becomes of the row. */
  public enum What {
    INSERTED,
    CHANGED,
    DELETED
  }

  /**
   * A value, cut where it is long.
   *
   * @param now what the database holds; empty where it is null, or locked
   * @param then what the backup says; empty where it is null, or locked
   * @param locked whether the values are secrets, which are never told
   */
  public record Field(String column, Optional<String> now, Optional<String> then, boolean locked) {
    @Override
    public String toString() {
      return "field " + column;
    }
  }

  public RowExample {
    fields = List.copyOf(fields);
  }

  @Override
  public String toString() {
    return "example of a row, " + what;
  }
}
