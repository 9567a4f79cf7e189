package dev.coffer.server.comparisons;

import java.util.List;
import java.util.Optional;

/**
 * What is to be compared with what.
 *
 * @param backup the name of its file
 * @param other the name of another's; empty for the database as it is when the work begins
 * @param tables logical names; empty for all
 */
record Wanted(String backup, Optional<String> other, List<String> tables) {
  Wanted {
    tables = List.copyOf(tables);
  }

  public boolean live() {
    return other.isEmpty();
  }
}
