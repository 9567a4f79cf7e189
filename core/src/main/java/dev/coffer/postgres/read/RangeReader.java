package dev.coffer.postgres.read;

import dev.coffer.error.CofferException;
import dev.coffer.model.Column;
import dev.coffer.model.Identifiers;
import dev.coffer.model.Table;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads the rows of a range by COPY in text format, in heap order (PostgreSQL manual, "COPY").
 * Holds one row at a time.
 */
public final class RangeReader {

  /** Takes rows as they come. */
  @FunctionalInterface
  public interface RowSink {
    /**
     * Takes the next row.
     *
     * @param copyRow one row in COPY's text format, ended by a line feed; the sink's to keep
     */
    void row(byte[] copyRow) throws IOException, InterruptedException;
  }

  private RangeReader() {}

  /**
   * Reads {@code range} to its end, with the snapshot's reader of that number.
   *
   * @throws CofferException with a code of the {@code DATABASE_} family
   */
  public static void read(SharedSnapshot snapshot, int reader, TableRange range, RowSink sink)
      throws IOException, InterruptedException {
    try {
      read(snapshot.reader(reader), range, sink);
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot read table " + range.source().name().sql());
    }
  }

  private static void read(Connection connection, TableRange range, RowSink sink)
      throws SQLException, IOException, InterruptedException {
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement(range));
    boolean complete = false;
    try {
      boolean more = true;
      while (more) {
        more = next(copy, sink);
      }
      complete = true;
    } finally {
      if (!complete && copy.isActive()) {
        connection.abort(Runnable::run);
      }
    }
  }

  /** A method of its own, so that no row is held while the next one arrives: rows may be wide. */
  private static boolean next(CopyOut copy, RowSink sink)
      throws SQLException, IOException, InterruptedException {
    byte[] row = copy.readFromCopy();
    if (row == null) {
      return false;
    }
    sink.row(row);
    return true;
  }

  private static String statement(TableRange range) {
    Table table = range.source();
    if (table.kind() == Table.Kind.LARGE_OBJECTS) {
      return LargeObjects.COPY;
    }
    String columns =
        table.storedColumns().stream()
            .map(Column::name)
            .map(Identifiers::quote)
            .collect(Collectors.joining(", "));
    boolean everything = range.wholeTable() && range.condition().isEmpty();
    if (everything && !columns.isEmpty()) {
      return "COPY " + table.name().sql() + " (" + columns + ") TO STDOUT";
    }
    String from = "SELECT " + columns + " FROM ONLY " + table.name().sql();
    if (range.wholeTable()) {
      return "COPY (" + from + " " + range.condition() + ") TO STDOUT";
    }
    String where = " WHERE ctid >= '(" + range.fromPage() + ",0)'::pg_catalog.tid";
    if (range.toPage() != TableRange.OPEN) {
      where += " AND ctid < '(" + range.toPage() + ",0)'::pg_catalog.tid";
    }
    return "COPY (" + from + where + ") TO STDOUT";
  }
}
