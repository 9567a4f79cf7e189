package dev.coffer.store;

import java.io.IOException;

/**
 * Where backups lie. Knows names and bytes, not what is in them. Safe for use by several threads.
 */
public interface Store {

  /**
   * Begins a file that nobody sees until it is published.
   *
   * @param name relative to the store, with {@code /} between folders
   * @throws dev.coffer.error.CofferException {@code TARGET_EXISTS}, {@code TARGET_UNWRITABLE} or
   *     {@code TARGET_FULL}
   */
  PendingFile create(String name) throws IOException;

  /**
   * Deletes what killed runs left behind; files that a living run is writing stay.
   *
   * @return how many files were deleted
   */
  int removeLeftovers() throws IOException;
}
