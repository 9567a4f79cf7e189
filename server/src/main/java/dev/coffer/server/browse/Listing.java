package dev.coffer.server.browse;

import dev.coffer.browse.BrowsedRow;
import dev.coffer.browse.Found;
import dev.coffer.browse.Limits;
import dev.coffer.browse.Query;
import dev.coffer.server.browse.Tables.Open;
import java.util.List;
import java.util.Optional;

/**
 * A page of a table, or what a search in it found.
 *
 * @param total how many rows the table has
 * @param page from 1; 0 for a search
 * @param from the position at which it was begun to look
 * @param next where a search would go on; empty where it came to the end, and for a page
 */
record Listing(
    List<BrowsedRow> rows, long total, long page, long pages, long from, Optional<Long> next) {
  private static final int MOST = 200;
  private static final long SEARCHED_BYTES = 256L << 20;

  Listing {
    rows = List.copyOf(rows);
  }

  static Listing of(Open open, Search search, long page, long from, int size) {
    long total = open.browser().rows(open.table());
    int rows = Math.clamp(size, 1, MOST);
    long pages = Math.max(1, Math.ceilDiv(total, rows));
    Optional<Query> query = search.query();
    if (query.isEmpty()) {
      long wanted = Math.clamp(page, 1, pages);
      long first = (wanted - 1) * rows;
      return new Listing(
          open.browser().page(open.table(), first, rows),
          total,
          wanted,
          pages,
          first,
          Optional.empty());
    }
    long first = Math.max(0, from);
    Found found =
        open.browser().find(open.table(), query.get(), first, new Limits(rows, SEARCHED_BYTES));
    return new Listing(found.rows(), total, 0, 0, first, found.next());
  }

  /** How many rows have been looked at since the table's beginning. */
  public long lookedAt() {
    return next.orElse(total);
  }
}
