package dev.coffer.server.browse;

import dev.coffer.browse.BrowsedRow;
import dev.coffer.browse.Found;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.server.browse.Tables.Open;
import java.util.List;
import java.util.Optional;

/**
 * Finds the row that an address names.
 *
 * @param row empty where it has not been found so far
 * @param next where the search would go on
 */
record RowLookup(Optional<BrowsedRow> row, Optional<Long> next) {
  private static final long SEARCHED_BYTES = 512L << 20;

  /**
   * Looks for a row.
   *
   * @param key as {@link KeyText} writes it
   * @param at the row's position; with a key only a hint, that saves a search
   * @param from where to begin the search
   * @throws CofferException {@code RECORD_NOT_FOUND} where there is none, {@code USAGE}
   */
  static RowLookup of(Open open, Optional<String> key, Optional<Long> at, long from) {
    Optional<String> wanted = key.filter(text -> !text.isEmpty());
    Optional<BrowsedRow> there =
        at.filter(position -> position >= 0)
            .flatMap(position -> open.browser().at(open.table(), position));
    if (wanted.isEmpty()) {
      return new RowLookup(Optional.of(there.orElseThrow(RowLookup::missing)), Optional.empty());
    }
    List<String> values = KeyText.read(wanted.get()).orElseThrow(RowLookup::missing);
    if (there.isPresent() && there.get().key().filter(values::equals).isPresent()) {
      return new RowLookup(there, Optional.empty());
    }
    if (values.size() != open.table().primaryKey().size()) {
      throw missing();
    }
    Found found = open.browser().byKey(open.table(), values, Math.max(0, from), SEARCHED_BYTES);
    Optional<BrowsedRow> row = found.rows().stream().findFirst();
    if (row.isEmpty() && found.next().isEmpty()) {
      throw missing();
    }
    return new RowLookup(row, row.isPresent() ? Optional.empty() : found.next());
  }

  private static CofferException missing() {
    return new CofferException(
        ErrorCode.RECORD_NOT_FOUND,
        "the backup has no such record in this table",
        "It may be in another backup.");
  }
}
