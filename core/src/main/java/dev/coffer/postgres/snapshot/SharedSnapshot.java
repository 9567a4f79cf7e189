package dev.coffer.postgres.snapshot;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Identifiers;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Several connections that see one and the same state of a database (PostgreSQL manual, "Snapshot
 * Synchronization Functions"), read-only, until this is closed.
 *
 * <p>All tables are locked <em>before</em> the snapshot is taken, and the list of tables is
 * compared afterwards. The other way round, as a dump usually goes about it, a table that is
 * truncated or rewritten between snapshot and lock reads as empty, without an error. Every
 * connection takes its own locks at once, so that none can later queue behind somebody who waits
 * for our first one.
 *
 * <p>{@link #close} and {@link #abort} may be called by any thread; a connection is for one thread
 * at a time.
 */
public final class SharedSnapshot implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final String APPLICATION = "coffer";

  private final List<Connection> connections = new ArrayList<>();
  private final Description description;

  /**
   * What was read.
   *
   * @param id as {@code pg_export_snapshot()} named it
   */
  public record Description(
      String id,
      Instant timestamp,
      ServerVersion version,
      String database,
      String encoding,
      boolean standby) {}

  /**
   * How patient to be.
   *
   * @param lock how long to wait for a table that somebody changes
   * @param statement how long one statement may run; zero for no limit
   */
  public record Timeouts(Duration lock, Duration statement) {
    public static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(30), Duration.ZERO);
  }

  private SharedSnapshot(List<Connection> connections, Description description) {
    this.connections.addAll(connections);
    this.description = description;
  }

  /**
   * Connects, locks every table against changes of its structure, and takes the snapshot.
   *
   * @param readers how many connections, at least one
   * @throws CofferException with a code of the {@code DATABASE_} family
   */
  public static SharedSnapshot open(ConnectionSettings settings, int readers, Timeouts timeouts) {
    List<Connection> opened = new ArrayList<>();
    try {
      Connection first = settings.open(APPLICATION);
      opened.add(first);
      ServerVersion version = ServerVersion.of(first).supported();
      prepare(first, timeouts);
      ReadableCheck.require(first, version);
      List<LockableTables.Entry> tables = lockAll(first);
      Description description = describe(first, version);
      for (int i = 1; i < readers; i++) {
        Connection reader = settings.open(APPLICATION);
        opened.add(reader);
        prepare(reader, timeouts);
        begin(reader);
        execute(reader, "SET TRANSACTION SNAPSHOT " + Identifiers.literal(description.id()));
        LockableTables.lock(reader, tables);
      }
      return new SharedSnapshot(opened, description);
    } catch (SQLException failure) {
      closeAll(opened);
      throw SqlErrors.translate(failure, "cannot take a snapshot of " + settings.address());
    } catch (RuntimeException failure) {
      closeAll(opened);
      throw failure;
    }
  }

  private static void prepare(Connection connection, Timeouts timeouts) throws SQLException {
    execute(
        connection,
        "SET search_path = ''; SET DateStyle = ISO; SET IntervalStyle = postgres;"
            + " SET TimeZone = 'UTC'; SET extra_float_digits = 1; SET bytea_output = hex;"
            + " SET lc_monetary = 'C'; SET xmloption = content; SET row_security = off;"
            + " SET synchronize_seqscans = off; SET jit = off;"
            + " SET idle_in_transaction_session_timeout = 0;"
            + " SET lock_timeout = "
            + timeouts.lock().toMillis()
            + "; SET statement_timeout = "
            + timeouts.statement().toMillis());
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }

  private static List<LockableTables.Entry> lockAll(Connection connection) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      List<LockableTables.Entry> before = LockableTables.list(connection);
      begin(connection);
      try {
        LockableTables.lock(connection, before);
        if (LockableTables.list(connection).equals(before)) {
          return before;
        }
      } catch (SQLException failure) {
        boolean gone =
            "42P01".equals(failure.getSQLState()) || "3F000".equals(failure.getSQLState());
        if (!gone || attempt == ATTEMPTS) {
          throw failure;
        }
      }
      connection.rollback();
      connection.setAutoCommit(true);
      if (attempt == ATTEMPTS) {
        throw new CofferException(
            ErrorCode.DATABASE_CHANGED,
            "tables were created or dropped during each of " + ATTEMPTS + " attempts",
            "Wait until the migration is over, then run it again.");
      }
    }
  }

  private static Description describe(Connection connection, ServerVersion version)
      throws SQLException {
    String query =
        "SELECT pg_export_snapshot(), current_database(), current_setting('server_encoding'),"
            + " pg_is_in_recovery()";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return new Description(
          row.getString(1),
          Instant.now(),
          version,
          row.getString(2),
          row.getString(3),
          row.getBoolean(4));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public Description description() {
    return description;
  }

  /** How many readers share the snapshot. */
  public int readers() {
    return connections.size();
  }

  /** A reader's connection, for the packages that speak SQL; reader 0 took the snapshot. */
  public Connection reader(int number) {
    return connections.get(number);
  }

  /** Breaks every connection, so that threads that read from them fail soon. */
  public void abort() {
    for (Connection connection : connections) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException alreadyBroken) {
        // That is what was wanted.
      }
    }
  }

  @Override
  public void close() {
    closeAll(connections);
  }

  private static void closeAll(List<Connection> connections) {
    for (Connection connection : connections) {
      try {
        connection.close();
      } catch (SQLException alreadyBroken) {
        // Nothing was written, so nothing is lost.
      }
    }
  }
}
