package dev.coffer.legacy;

/** Takes in a legacy file as it is read from front to back. */
interface LegacyVisitor {

  /**
   * A member beside the tables. {@code metadata} may come after the tables it describes.
   *
   * @param value as {@link JsonTree} gives it
   */
  default void member(String name, Object value) {}

  /** A table begins. Whether its rows are wanted; without that they are only counted. */
  boolean begin(String table);

  /**
   * Where the next row of a table whose rows are wanted begins, or what follows its last one.
   *
   * @param at in bytes from the file's beginning; negative where the file is not in UTF-8
   */
  default void place(long at) {}

  /** The next row of a table whose rows are wanted. */
  default void row(String table, LegacyRow row) {}

  /**
   * A table has ended; one that is cut short does not end.
   *
   * @param rows -1 where they cannot be counted cheaply
   */
  default void end(String table, long rows) {}
}
