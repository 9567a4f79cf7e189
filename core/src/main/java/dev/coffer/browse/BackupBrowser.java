package dev.coffer.browse;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.restore.record.ValueSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup whose tables are looked into. Only the chunks that hold what is asked for are read, one
 * at a time; each has been compared with its hash. Sealed values stay closed. For one thread.
 */
public final class BackupBrowser implements AutoCloseable {
  /** Values of rows in a list are cut at so many bytes. */
  static final int IN_A_LIST = 300;

  /** Values of a single row are cut at so many bytes: a page with more helps nobody. */
  static final int IN_A_ROW = 1 << 20;

  private final OpenedBackup backup;

  private BackupBrowser(OpenedBackup backup) {
    this.backup = backup;
  }

  /**
   * Opens a backup that Coffer made and that is not encrypted as a whole.
   *
   * @throws CofferException as {@link OpenedBackup#open}
   */
  public static BackupBrowser open(Path file) {
    return new BackupBrowser(OpenedBackup.open(file, List.of()));
  }

  public BackupHeader header() {
    return backup.header();
  }

  public List<Table> tables() {
    return backup.header().schema().tables();
  }

  /**
   * The table of that name in the document.
   *
   * @throws CofferException {@code TABLE_NOT_FOUND}
   */
  public Table table(String logicalName) {
    return tables().stream()
        .filter(table -> table.logicalName().equals(logicalName))
        .findFirst()
        .orElseThrow(() ->
            new CofferException(
                ErrorCode.TABLE_NOT_FOUND,
                "the backup has no table of that name",
                "The backup's page lists its tables."));
  }

  /** How many rows a table has. */
  public long rows(Table table) {
    return backup.chunks(table).stream().mapToLong(place -> chunk(place).rows()).sum();
  }

  private ChunkEntry chunk(int place) {
    return backup.metadata().chunks().get(place);
  }

  /**
   * Rows from a position on.
   *
   * @throws CofferException {@code BACKUP_DAMAGED}, {@code FILE_UNREADABLE}
   */
  public List<BrowsedRow> page(Table table, long from, int count) {
    return page(table, from, count, IN_A_LIST);
  }

  /** The row at a position, its values whole up to 1 MiB; empty where there are not so many. */
  public Optional<BrowsedRow> at(Table table, long position) {
    return page(table, position, 1, IN_A_ROW).stream().findFirst();
  }

  private List<BrowsedRow> page(Table table, long from, int count, int longest) {
    List<BrowsedRow> page = new ArrayList<>();
    RowReader reader = new RowReader(table, longest);
    long first = 0;
    for (int place : backup.chunks(table)) {
      long rows = chunk(place).rows();
      long begin = Math.max(0, from - first);
      long end = Math.min(rows, from + count - first);
      if (begin < end) {
        long start = first;
        LineRange lines = new LineRange(begin, end);
        read(
            table,
            place,
            lines::places,
            (row, number) -> page.add(reader.read(row.values(), start + number)));
      }
      first += rows;
      if (first >= from + count) {
        break;
      }
    }
    return page;
  }

  private void read(
      Table table, int place, OpenedBackup.Search search, OpenedBackup.FoundSink sink) {
    try {
      backup.find(table, place, search, sink);
    } catch (IOException unreadable) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          "cannot read " + backup.file().getFileName(),
          "Check the disk that holds the backups.",
          unreadable);
    }
  }

  /**
   * Looks for rows from a position on.
   *
   * @throws CofferException {@code USAGE} where the query names no columns of the table, or locked
   *     ones; {@code BACKUP_DAMAGED}, {@code FILE_UNREADABLE}
   */
  public Found find(Table table, Query query, long from, Limits limits) {
    return find(table, query, from, limits, IN_A_LIST);
  }

  /**
   * Looks for the row with a primary key, from a position on; its values are whole up to 1 MiB.
   *
   * @throws CofferException as {@link #find}
   */
  public Found byKey(Table table, List<String> key, long from, long bytes) {
    Query query = new Query.Exactly(table.primaryKey(), key);
    return find(table, query, from, new Limits(1, bytes), IN_A_ROW);
  }

  Found find(Table table, Query query, long from, Limits limits, int longest) {
    RowSearch search = search(table, query);
    RowReader reader = new RowReader(table, longest);
    List<BrowsedRow> rows = new ArrayList<>();
    List<Long> beyond = new ArrayList<>();
    long first = 0;
    long bytes = 0;
    for (int place : backup.chunks(table)) {
      ChunkEntry chunk = chunk(place);
      long start = first;
      first += chunk.rows();
      if (first <= from) {
        continue;
      }
      if (rows.size() >= limits.rows() || (bytes > 0 && bytes + chunk.bytes() > limits.bytes())) {
        return new Found(rows, Optional.of(Math.max(start, from)), bytes);
      }
      bytes += chunk.bytes();
      read(
          table,
          place,
          search::places,
          (row, number) -> {
            long position = start + number;
            if (position < from || !beyond.isEmpty() || !search.fits(row.values())) {
              return;
            }
            if (rows.size() < limits.rows()) {
              rows.add(reader.read(row.values(), position));
            } else {
              beyond.add(position);
            }
          });
      if (!beyond.isEmpty()) {
        return new Found(rows, Optional.of(beyond.getFirst()), bytes);
      }
    }
    return new Found(rows, Optional.empty(), bytes);
  }

  private static RowSearch search(Table table, Query query) {
    return switch (query) {
      case Query.Text(String text) -> new TextSearch(table, text);
      case Query.Exactly(List<String> columns, List<String> values) ->
          new ExactSearch(
              ValueSearch.of(table, columns, values)
                  .orElseThrow(() ->
                      new CofferException(
                          ErrorCode.USAGE,
                          "table "
                              + table.logicalName()
                              + " cannot be searched by these columns and values",
                          "Give a value for each; locked columns cannot be searched.")));
    };
  }

  /**
   * What a row is related to by foreign keys, and by what a profile says besides.
   *
   * @param row with its values whole
   * @param limits for each relation the rows, for all together the bytes
   */
  public Relatives relatives(BrowsedRow row, Profile profile, Limits limits) {
    return new RelativeSearch(this, profile, limits).of(row);
  }

  /** How many bytes of the document a table's rows are. */
  long bytes(Table table) {
    return backup.chunks(table).stream().mapToLong(place -> chunk(place).bytes()).sum();
  }

  @Override
  public void close() {
    backup.close();
  }
}
