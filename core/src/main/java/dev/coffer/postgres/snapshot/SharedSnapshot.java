package dev.coffer.postgres.snapshot;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.DatabaseOrigin;
import dev.coffer.model.Identifiers;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.Origins;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.Sessions;
import dev.coffer.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
  private static final int ATTEMPTS = 8;

  /** Milliseconds, doubled with each attempt. */
  private static final long FIRST_PAUSE = 5;

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** undefined_table, invalid_schema_name, deadlock_detected. */
  private static final Set<String> WORTH_ANOTHER_TRY = Set.of("42P01", "3F000", "40P01");

  private static final String APPLICATION = "coffer";

  private final List<Connection> connections = new ArrayList<>();
  private final Description description;

  /**
   * What was read.
   *
   * @param id as {@code pg_export_snapshot()} named it
   * @param origin empty where the role may not read it
   */
  public record Description(
      String id,
      Instant timestamp,
      ServerVersion version,
      String database,
      String encoding,
      boolean standby,
      Optional<DatabaseOrigin> origin) {}

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
   * @throws InterruptedException if this thread is interrupted between two attempts
   */
  public static SharedSnapshot open(ConnectionSettings settings, int readers, Timeouts timeouts)
      throws InterruptedException {
    List<Connection> opened = new ArrayList<>();
    boolean complete = false;
    try {
      Connection first = settings.open(APPLICATION);
      opened.add(first);
      ServerVersion version = ServerVersion.of(first).supported();
      SessionSettings.apply(first, version, timeouts);
      ReadableCheck.require(first, version);
      for (int i = 1; i < readers; i++) {
        Connection reader = settings.open(APPLICATION);
        opened.add(reader);
        SessionSettings.apply(reader, version, timeouts);
      }
      SharedSnapshot snapshot = new SharedSnapshot(opened, begin(opened, version));
      complete = true;
      return snapshot;
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot take a snapshot of " + settings.address());
    } finally {
      if (!complete) {
        opened.forEach(Sessions::close);
      }
    }
  }

  /**
   * Locks and begins on all connections, as often as it takes: a table may come or go between the
   * list and the locks, and somebody who wants to change one may queue between the first
   * connection's lock and the others'. Waiting there would be waiting for one who waits for us.
   */
  private static Description begin(List<Connection> connections, ServerVersion version)
      throws SQLException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        Optional<Description> begun = tryToBegin(connections, version);
        if (begun.isPresent()) {
          return begun.get();
        }
      } catch (SQLException failure) {
        if (attempt == ATTEMPTS || !WORTH_ANOTHER_TRY.contains(failure.getSQLState())) {
          throw failure;
        }
      }
      if (attempt == ATTEMPTS) {
        throw new CofferException(
            ErrorCode.DATABASE_CHANGED,
            "tables were created, dropped or altered during each of " + ATTEMPTS + " attempts",
            "Wait until the migration is over, then run it again.");
      }
      for (Connection connection : connections) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
      TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE << attempt);
    }
  }

  /** Empty if the tables were others by the time they were locked, or others want to lock them. */
  private static Optional<Description> tryToBegin(
      List<Connection> connections, ServerVersion version) throws SQLException {
    Connection first = connections.getFirst();
    List<LockableTables.Entry> tables = LockableTables.list(first);
    begin(first);
    LockableTables.lock(first, tables, LockableTables.Patience.WAIT);
    if (!LockableTables.list(first).equals(tables)) {
      return Optional.empty();
    }
    Description description = describe(first, version);
    for (Connection reader : connections.subList(1, connections.size())) {
      begin(reader);
      execute(reader, "SET TRANSACTION SNAPSHOT " + Identifiers.literal(description.id()));
      try {
        LockableTables.lock(reader, tables, LockableTables.Patience.NONE);
      } catch (SQLException failure) {
        if (LOCK_NOT_AVAILABLE.equals(failure.getSQLState())) {
          return Optional.empty();
        }
        throw failure;
      }
    }
    return Optional.of(description);
  }

  private static void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
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
          row.getBoolean(4),
          Origins.of(connection));
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
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
    connections.forEach(Sessions::abort);
  }

  @Override
  public void close() {
    connections.forEach(Sessions::close);
  }
}
