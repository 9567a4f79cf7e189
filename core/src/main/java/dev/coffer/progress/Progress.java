package dev.coffer.progress;

/**
 * What a long run tells whoever watches. Calls come from several threads, often, and must be quick.
 */
public interface Progress {
  /** Tells nobody. */
  Progress SILENT = new Progress() {};

  /** Another part of the work begins: {@code "reading the catalog"}. */
  default void stage(String name) {}

  /** How much is to be done, by the server's estimates. */
  default void expect(long tables, long estimatedRows, long estimatedBytes) {}

  default void table(String logicalName, long estimatedRows) {}

  /** More rows of a table are done: the difference to the call before. */
  default void advanced(String logicalName, long rows, long bytes) {}

  /** Something a person should read. */
  default void notice(String text) {}
}
