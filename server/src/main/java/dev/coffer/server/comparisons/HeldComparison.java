package dev.coffer.server.comparisons;

import dev.coffer.compare.ChangeLog;
import dev.coffer.compare.ComparisonResult;
import dev.coffer.compare.ComparisonResult.TableResult;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records that a comparison found to differ, as long as this server holds them. One reader at a
 * time; others wait.
 */
final class HeldComparison implements AutoCloseable {
  private final ChangeLog log;
  private final Map<String, TableResult> tables = new LinkedHashMap<>();
  private final Instant until;
  private final long bytes;
  private final Set<String> looks = new HashSet<>();
  private boolean closed;

  /** Holds what {@code log} does, which is closed with this. */
  HeldComparison(ChangeLog log, ComparisonResult result, Instant until) {
    this.log = log;
    this.until = until;
    bytes = log.bytes();
    result.tables().forEach(table -> tables.put(table.pair().after().logicalName(), table));
  }

  /** How long it may be held. */
  Instant until() {
    return until;
  }

  /** Whether it is the first time that {@code who} looks into that table. */
  synchronized boolean isFirstLook(String who, String table) {
    return looks.add(who + "\n" + table);
  }

  /** About how much room it takes. */
  long bytes() {
    return bytes;
  }

  /**
   * A page of records.
   *
   * @throws CofferException {@code TABLE_NOT_FOUND}; {@code COMPARISON_EXPIRED}; {@code
   *     FILE_UNREADABLE}
   */
  synchronized RecordPage page(RecordQuery query) {
    if (closed) {
      throw expired();
    }
    TableResult table = tables.get(query.table());
    if (table == null) {
      throw new CofferException(
          ErrorCode.TABLE_NOT_FOUND,
          "the comparison has no table of that name",
          "Its summary names the tables that both sides have.");
    }
    RecordReader reader = new RecordReader(table.pair(), table.secrets(), query.longest());
    try {
      return query.id().isEmpty() ? paged(table, query, reader) : found(table, query, reader);
    } catch (IOException failure) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          "the records that differ cannot be read back",
          "Check the disk of the folder for temporary files, and compare again.",
          failure);
    }
  }

  private RecordPage paged(TableResult table, RecordQuery query, RecordReader reader)
      throws IOException {
    long total = table.counts().of(query.kinds());
    long pages = pages(total, query);
    long page = Math.clamp(query.page(), 1, pages);
    List<RecordChange> items = new ArrayList<>();
    log.walk(
        table.pair(),
        query.kinds(),
        (page - 1) * query.size(),
        change -> {
          items.add(reader.read(change));
          return items.size() < query.size();
        });
    return new RecordPage(items, total, page, pages);
  }

  /** All are gone through, one at a time: only their values tell which fit. */
  private RecordPage found(TableResult table, RecordQuery query, RecordReader reader)
      throws IOException {
    long from = (Math.max(1, query.page()) - 1) * query.size();
    List<RecordChange> items = new ArrayList<>();
    long[] fitting = new long[1];
    log.walk(
        table.pair(),
        query.kinds(),
        0,
        change -> {
          if (reader.isCalled(change, query.id())) {
            if (fitting[0] >= from && items.size() < query.size()) {
              items.add(reader.read(change));
            }
            fitting[0]++;
          }
          return true;
        });
    return new RecordPage(items, fitting[0], Math.max(1, query.page()), pages(fitting[0], query));
  }

  private static long pages(long total, RecordQuery query) {
    return Math.max(1, (total + query.size() - 1) / query.size());
  }

  static CofferException expired() {
    return new CofferException(
        ErrorCode.COMPARISON_EXPIRED,
        "the records of this comparison are not held any more",
        "Compare again: the server holds them for two hours at most.");
  }

  @Override
  public synchronized void close() {
    closed = true;
    log.close();
  }
}
