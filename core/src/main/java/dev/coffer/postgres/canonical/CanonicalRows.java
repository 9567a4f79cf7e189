package dev.coffer.postgres.canonical;

import dev.coffer.error.CofferException;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.postgres.snapshot.SessionSettings;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Lets a server read values that came from elsewhere and write them as it writes its own, so that
 * equal rows are equal byte by byte. Works through a temporary table, a batch at a time; changes no
 * other. For one thread.
 */
public final class CanonicalRows implements AutoCloseable {
  /** Data exceptions, and what a domain refuses. */
  private static final Pattern BAD_VALUE = Pattern.compile("22...|23502|23514");

  /** {@code COPY coffer_rows, line 3, column c1: …}, in the words of any language. */
  private static final Pattern PLACE =
      Pattern.compile("^COPY coffer_rows, \\S+ \\d+, \\S+ c(\\d+)", Pattern.MULTILINE);

  private final Connection connection;
  private Optional<ForeignTable> table = Optional.empty();

  private CanonicalRows(Connection connection) {
    this.connection = connection;
  }

  /** Takes rows as the server writes them. */
  @FunctionalInterface
  public interface RowSink {

    /**
     * Takes the next row.
     *
     * @param copyRow one row in COPY's text format, ended by a line feed: first, for each column
     *     that may be hidden, {@code t} where its value stays unknown, and then all columns
     */
    void row(byte[] copyRow) throws IOException;
  }

  /** A value of a row is not one of its column's type. Tells no value. */
  public static final class BadValueException extends Exception {
    private final transient OptionalInt column;

    BadValueException(OptionalInt column) {
      super("a value that the server does not take");
      this.column = column;
    }

    /** The place of the value's column, where the server says which it is. */
    public OptionalInt column() {
      return column;
    }
  }

  /**
   * Connects.
   *
   * @throws CofferException with a code of the {@code DATABASE_} family
   */
  public static CanonicalRows open(ConnectionSettings settings) {
    Connection connection = settings.open("coffer");
    try {
      SessionSettings.apply(
          connection, ServerVersion.of(connection), SharedSnapshot.Timeouts.DEFAULT);
      return new CanonicalRows(connection);
    } catch (SQLException failure) {
      close(connection);
      throw SqlErrors.translate(failure, "cannot read values at " + settings.address());
    }
  }

  /**
   * Rows of this table come next.
   *
   * @param columns of the rows, in order; the primary key's are among them, or there is none
   * @param hidden names of those whose values may be hidden: then the table's own row, by the
   *     primary key, gives its value
   */
  public void table(Table next, List<Column> columns, Set<String> hidden) {
    ForeignTable begun = new ForeignTable(next, columns, hidden);
    table = Optional.of(begun);
    try {
      connection.setAutoCommit(true);
      execute(ForeignTable.DROP);
      execute(begun.create());
      connection.setAutoCommit(false);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  /** The places, among the columns, of those that may be hidden. */
  public List<Integer> hiddenPlaces() {
    return table.orElseThrow().hiddenPlaces();
  }

  /**
   * Gives rows to the server and takes them back. Where one has a bad value, none is given to the
   * sink.
   *
   * @param rows in COPY's text format, each ended by a line feed: a number by which they are put in
   *     order, all columns, and for each that may be hidden whether it is
   * @throws BadValueException when a row has a bad value; the column is known for a single row
   * @throws CofferException with a code of the {@code DATABASE_} family
   */
  public void convert(List<byte[]> rows, RowSink sink) throws BadValueException, IOException {
    try {
      takeIn(rows);
      giveBack(sink);
      connection.commit();
    } catch (SQLException failure) {
      rollback();
      if (BAD_VALUE.matcher(String.valueOf(failure.getSQLState())).matches()) {
        throw new BadValueException(place(failure));
      }
      throw failed(failure);
    }
  }

  private void takeIn(List<byte[]> rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(ForeignTable.TAKE_IN);
    for (byte[] row : rows) {
      copy.writeToCopy(row, 0, row.length);
    }
    copy.endCopy();
  }

  private void giveBack(RowSink sink) throws SQLException, IOException {
    String statement = table.orElseThrow().giveBack();
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
    boolean complete = false;
    try {
      for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
        sink.row(row);
      }
      complete = true;
    } finally {
      if (!complete && copy.isActive()) {
        connection.abort(Runnable::run);
      }
    }
  }

  private static OptionalInt place(SQLException failure) {
    ServerErrorMessage message =
        failure instanceof PSQLException told ? told.getServerErrorMessage() : null;
    String where = message == null ? "" : Objects.requireNonNullElse(message.getWhere(), "");
    Matcher matcher = PLACE.matcher(where);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void rollback() {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      // The next statement says so.
    }
  }

  private CofferException failed(SQLException failure) {
    String name = table.map(to -> to.table().name().sql()).orElse("");
    return SqlErrors.translate(failure, "cannot have values read for table " + name);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // Only a temporary table was written.
    }
  }

  @Override
  public void close() {
    close(connection);
  }
}
