package dev.coffer.compare;

import java.nio.file.Path;
import java.util.List;

/**
 * How to compare.
 *
 * @param tables logical names, as either side calls them; empty for all tables
 * @param memory about how many bytes of rows that differ are held before they go to the disk
 * @param temporary where that is
 */
public record CompareOptions(List<String> tables, long memory, Path temporary) {
  private static final long DEFAULT_MEMORY = 16L << 20;

  public CompareOptions {
    tables = List.copyOf(tables);
  }

  /** All tables. */
  public static CompareOptions all() {
    return of(List.of());
  }

  public static CompareOptions of(List<String> tables) {
    return new CompareOptions(
        tables, DEFAULT_MEMORY, Path.of(System.getProperty("java.io.tmpdir")));
  }

  public CompareOptions withMemory(long bytes) {
    return new CompareOptions(tables, bytes, temporary);
  }
}
