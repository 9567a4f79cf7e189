package dev.coffer.browse;

import java.util.List;
import java.util.Optional;

/**
 * What a search has found.
 *
 * @param rows in the document's order
 * @param next the position at which the search would go on; empty where it has come to the end
 * @param bytes of the document looked through
 */
public record Found(List<BrowsedRow> rows, Optional<Long> next, long bytes) {
  public Found {
    rows = List.copyOf(rows);
  }
}
