package dev.coffer.browse;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyLayout;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.Table;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Profiles;
import dev.coffer.restore.record.ValueSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A backup whose tables are looked into. Only the stretches that hold what is asked for are read,
 * one at a time; those of a document of Coffer's own have been compared with their hashes. Sealed
 * values stay closed. For one thread.
 */
public final class BackupBrowser implements AutoCloseable {
  /** Values of rows in a list are cut at so many bytes. */
  static final int IN_A_LIST = 300;

  /** Values of a single row are cut at so many bytes: a page with more helps nobody. */
  static final int IN_A_ROW = 1 << 20;

  private final Source source;
  private final Profile profile;

  private BackupBrowser(Source source, Profile profile) {
    this.source = source;
    this.profile = profile;
  }

  /**
   * Opens a backup that Coffer made and that is not encrypted as a whole.
   *
   * @param profiles from which the one that fits its tables is chosen
   * @throws CofferException as {@link OpenedBackup#open}
   */
  public static BackupBrowser open(Path file, List<Profile> profiles) {
    OpenedBackup backup = OpenedBackup.open(file, List.of());
    return new BackupBrowser(
        new DocumentSource(backup), Profiles.choose(profiles, backup.header().schema().tables()));
  }

  /**
   * Reads a legacy file through, once for as many browsers as are to look into it.
   *
   * @param profiles tell what is a secret in it
   * @throws CofferException as {@link LegacyLayout#of}
   */
  public static LegacyLayout layout(Path file, List<Profile> profiles) {
    return LegacyLayout.of(file, name -> LegacySchema.isSecret(name, "text", profiles));
  }

  /**
   * Looks into a legacy file.
   *
   * @param layout as {@link #layout} gives it for the same profiles
   */
  public static BackupBrowser of(LegacyLayout layout, List<Profile> profiles) {
    LegacySchema schema = LegacySchema.of(layout, profiles);
    return new BackupBrowser(new LegacySource(layout, schema), schema.profile());
  }

  /** What is known of the tables besides: for a legacy file, with its names of columns. */
  public Profile profile() {
    return profile;
  }

  public List<Table> tables() {
    return source.tables();
  }

  /** Why not all of it can be read: its tables end where the damage begins. */
  public Optional<String> problem() {
    return source.problem();
  }

  /**
   * The table of that name in the document.
   *
   * @throws CofferException {@code TABLE_NOT_FOUND}; {@code BACKUP_DAMAGED} where it may be in the
   *     part that cannot be read
   */
  public Table table(String logicalName) {
    return tables().stream()
        .filter(table -> table.logicalName().equals(logicalName))
        .findFirst()
        .orElseThrow(this::missing);
  }

  private CofferException missing() {
    return source
        .problem()
        .map(problem ->
            new CofferException(
                ErrorCode.BACKUP_DAMAGED,
                "the part of the backup that can be read has no table of that name. " + problem,
                "Take another copy of the file, if there is one."))
        .orElseGet(() ->
            new CofferException(
                ErrorCode.TABLE_NOT_FOUND,
                "the backup has no table of that name",
                "The backup's page lists its tables."));
  }

  /** How many rows a table has. */
  public long rows(Table table) {
    return source.stretches(table).stream().mapToLong(Source.Stretch::rows).sum();
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
    List<Source.Stretch> stretches = source.stretches(table);
    for (int i = 0; i < stretches.size() && first < from + count; i++) {
      long rows = stretches.get(i).rows();
      long begin = Math.max(0, from - first);
      long end = Math.min(rows, from + count - first);
      if (begin < end) {
        long start = first;
        LineRange lines = new LineRange(begin, end);
        source.find(
            table, i, lines::places, (row, number) -> page.add(reader.read(row, start + number)));
      }
      first += rows;
    }
    return page;
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
    List<Source.Stretch> stretches = source.stretches(table);
    for (int i = 0; i < stretches.size(); i++) {
      Source.Stretch stretch = stretches.get(i);
      long start = first;
      first += stretch.rows();
      if (first <= from) {
        continue;
      }
      if (rows.size() >= limits.rows() || (bytes > 0 && bytes + stretch.bytes() > limits.bytes())) {
        return new Found(rows, Optional.of(Math.max(start, from)), bytes);
      }
      bytes += stretch.bytes();
      source.find(
          table,
          i,
          search::places,
          (row, number) -> {
            long position = start + number;
            if (position < from || !beyond.isEmpty() || !search.fits(row)) {
              return;
            }
            if (rows.size() < limits.rows()) {
              rows.add(reader.read(row, position));
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
   * What a row is related to by foreign keys, and by what the profile says besides.
   *
   * @param row with its values whole
   * @param limits for each relation the rows, for all together the bytes
   */
  public Relatives relatives(BrowsedRow row, Limits limits) {
    return new RelativeSearch(this, limits).of(row);
  }

  /** How many bytes of the document a table's rows are. */
  long bytes(Table table) {
    return source.stretches(table).stream().mapToLong(Source.Stretch::bytes).sum();
  }

  List<ForeignKey> foreignKeys() {
    return source.foreignKeys();
  }

  @Override
  public void close() {
    source.close();
  }
}
