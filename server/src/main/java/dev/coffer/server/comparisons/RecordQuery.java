package dev.coffer.server.comparisons;

import dev.coffer.compare.ChangeKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a table's records to show.
 *
 * @param table its logical name
 * @param kind empty for all
 * @param id a part of what tells records apart; empty for all
 * @param page from 1; a later one than there is means the last
 * @param size how many are on a page
 * @param longest characters of a value that are kept
 */
record RecordQuery(
    String table, Optional<ChangeKind> kind, String id, long page, int size, int longest) {

  /** The kind of that name in any case; none where there is none of that name. */
  static Optional<ChangeKind> kind(String name) {
    return Arrays.stream(ChangeKind.values())
        .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  Set<ChangeKind> kinds() {
    return kind.map(one -> Set.of(one)).orElseGet(() -> Set.of(ChangeKind.values()));
  }
}
