package dev.coffer.restore.legacy;

import dev.coffer.backup.DocumentWriter;
import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyRows;
import dev.coffer.model.Column;
import dev.coffer.postgres.canonical.CanonicalRows;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The second pass over a legacy file: its rows, through the server, into a document. */
final class RowConverter implements LegacyRows.Reader {
  private static final int BATCH_ROWS = 5000;
  private static final int BATCH_BYTES = 4 << 20;
  private static final int MOST_NAMED = 20;
  private static final int MOST_SKIPPED = 1000;

  private final Map<String, ConvertedTable> tables;
  private final CanonicalRows server;
  private final DocumentWriter document;
  private final boolean skipBadRows;
  private final Progress progress;
  private final List<BadValue> bad = new ArrayList<>();
  private final List<Numbered> batch = new ArrayList<>();
  private final ByteSink line = new ByteSink(1 << 12);
  private Optional<ConvertedTable> open = Optional.empty();
  private int batchBytes;
  private long row;

  /** A row's number in the file's table, and its line for COPY. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Numbered(long number, byte[] line) {}

  /**
   * @param tables by their names in the file
   */
  RowConverter(
      Map<String, ConvertedTable> tables,
      CanonicalRows server,
      DocumentWriter document,
      boolean skipBadRows,
      Progress progress) {
    this.tables = tables;
    this.server = server;
    this.document = document;
    this.skipBadRows = skipBadRows;
    this.progress = progress;
  }

  @Override
  public boolean begin(String name) {
    finish();
    ConvertedTable table = tables.get(name);
    if (table == null) {
      return false;
    }
    open = Optional.of(table);
    row = 0;
    progress.table(table.table().logicalName(), table.match().found().rows());
    server.table(table.match().live(), table.table().columns(), table.hidden());
    try {
      document.table(table.table());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return true;
  }

  @Override
  public void row(String name, Map<String, String> members) {
    ConvertedTable table = open.orElseThrow();
    row++;
    line.clear(BATCH_BYTES);
    line.put(Long.toString(row));
    for (Column column : table.table().columns()) {
      line.put('\t');
      Optional<String> problem = value(table, column, members);
      if (problem.isPresent()) {
        bad(new BadValue(name, row, table.key(column).orElse(column.key()), problem.get()));
        return;
      }
    }
    for (int place : server.hiddenPlaces()) {
      Column column = table.table().columns().get(place);
      line.put('\t');
      line.put(isHidden(table, column, members) ? 't' : 'f');
    }
    line.put('\n');
    batch.add(new Numbered(row, line.toByteArray()));
    batchBytes += line.length();
    if (batch.size() >= BATCH_ROWS || batchBytes >= BATCH_BYTES) {
      flush();
    }
  }

  private static boolean isHidden(
      ConvertedTable table, Column column, Map<String, String> members) {
    return table.key(column).map(key -> JsonValues.HIDDEN.equals(members.get(key))).orElse(true);
  }

  private Optional<String> value(ConvertedTable table, Column column, Map<String, String> members) {
    boolean hidden = isHidden(table, column, members);
    if (hidden && table.hidden().contains(column.name())) {
      line.put("\\N");
      return Optional.empty();
    }
    if (hidden) {
      return Optional.of("a mask in the place of the value");
    }
    String json = members.get(table.key(column).orElseThrow());
    return json == null
        ? Optional.of("missing, though other rows have it")
        : JsonValues.copyText(json, column, line);
  }

  /** Converts what is left of the open table. */
  void finish() {
    if (open.isPresent()) {
      flush();
    }
    open = Optional.empty();
  }

  private void flush() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CofferException(ErrorCode.INTERRUPTED, "interrupted: nothing was restored", "");
    }
    try {
      convert(batch);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    progress.advanced(open.orElseThrow().table().logicalName(), batch.size(), batchBytes);
    batch.clear();
    batchBytes = 0;
  }

  /** Halves a batch until a row with a bad value is alone. */
  private void convert(List<Numbered> rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    try {
      server.convert(rows.stream().map(Numbered::line).toList(), this::write);
    } catch (CanonicalRows.BadValueException failure) {
      if (rows.size() > 1) {
        int middle = rows.size() / 2;
        convert(rows.subList(0, middle));
        convert(rows.subList(middle, rows.size()));
        return;
      }
      ConvertedTable table = open.orElseThrow();
      List<Column> columns = table.table().columns();
      String key =
          failure.column().isPresent()
              ? table.key(columns.get(failure.column().getAsInt())).orElse("")
              : "";
      String type =
          failure.column().isPresent()
              ? "no value of type " + columns.get(failure.column().getAsInt()).type()
              : "a value that the database does not take";
      bad(new BadValue(table.match().fileName(), rows.getFirst().number(), key, type));
    }
  }

  private void write(byte[] copyRow) throws IOException {
    List<Integer> places = server.hiddenPlaces();
    boolean[] closed = new boolean[places.isEmpty() ? 0 : columns()];
    int at = 0;
    for (int place : places) {
      closed[place] = copyRow[at] == 't';
      at += 2;
    }
    document.row(copyRow, at, closed);
  }

  private int columns() {
    return open.orElseThrow().table().columns().size();
  }

  private void bad(BadValue value) {
    bad.add(value);
    if (!skipBadRows && bad.size() == MOST_NAMED) {
      refuseBadRows();
    }
    if (bad.size() > MOST_SKIPPED) {
      throw new CofferException(
          ErrorCode.VALUE_UNSUPPORTED,
          "more than " + MOST_SKIPPED + " rows have values that the database does not take",
          "The database's columns may be others than those of the file: look at one of them, "
              + value.place());
    }
  }

  /**
   * What was left out.
   *
   * @throws CofferException {@code VALUE_UNSUPPORTED} if nothing may be
   */
  List<BadValue> leftOut() {
    if (!skipBadRows && !bad.isEmpty()) {
      refuseBadRows();
    }
    return bad;
  }

  private void refuseBadRows() {
    List<String> told = bad.stream().map(value -> value.place() + ": " + value.problem()).toList();
    throw new CofferException(
        ErrorCode.VALUE_UNSUPPORTED,
        "the file has values that the database does not take: " + String.join("; ", told),
        "Nothing was changed. Correct these values in a copy of the file, and restore that one; or"
            + " leave the rows out: --skip-bad-rows.");
  }
}
