package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.model.Column;
import dev.coffer.model.Identifiers;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * A connection that rebuilds a database: what the roles' and the database's own settings say does
 * not matter to it. For one thread at a time; {@link #abort} may come from any. Closing rolls back
 * what is not committed.
 */
public final class TargetSession implements AutoCloseable {
  private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;
  private static final int FIRST_WITH_CONNECTION_CHECK = 14;
  private static final int FIRST_WITH_IDLE_TIMEOUT = 14;

  private final Connection connection;
  private final ServerVersion version;
  private final WriteErrors errors;

  private TargetSession(Connection connection, ServerVersion version, WriteErrors errors) {
    this.connection = connection;
    this.version = version;
    this.errors = errors;
  }

  /**
   * Connects, in auto-commit mode.
   *
   * @param sourceVersion of the server that the statements come from, as {@code 150019}
   * @throws CofferException with a code of the {@code DATABASE_} family
   */
  public static TargetSession open(ConnectionSettings settings, int sourceVersion) {
    Connection connection = settings.open("coffer");
    try {
      ServerVersion version = ServerVersion.of(connection).supported();
      WriteErrors errors = new WriteErrors(sourceVersion / 10_000, version.major());
      TargetSession session = new TargetSession(connection, version, errors);
      session.prepare();
      return session;
    } catch (RuntimeException failure) {
      Sessions.close(connection);
      throw failure;
    }
  }

  /** What rows' texts were made with (docs/FORMAT.md, "Rows"), and what keeps a load going. */
  private void prepare() {
    execute(
        """
        SET statement_timeout = 0; SET lock_timeout = 0;
        SET idle_in_transaction_session_timeout = 0;
        SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET array_nulls = on;
        SET check_function_bodies = off; SET xmloption = content; SET row_security = off;
        SET client_min_messages = warning; SET search_path = ''; SET default_transaction_read_only = off;
        SET default_transaction_isolation = 'read committed';
        SET DateStyle = ISO; SET IntervalStyle = postgres; SET TimeZone = 'UTC';
        SET lc_monetary = 'C'; SET jit = off; SET synchronous_commit = off;
        SET quote_all_identifiers = off;
        SELECT pg_catalog.set_config('maintenance_work_mem',
          greatest(setting::int8, 262144)::text || 'kB', false)
        FROM pg_catalog.pg_settings WHERE name = 'maintenance_work_mem'
        """,
        "cannot prepare the session");
    if (version.major() >= FIRST_WITH_TRANSACTION_TIMEOUT) {
      execute("SET transaction_timeout = 0", "cannot prepare the session");
    }
    if (version.major() >= FIRST_WITH_IDLE_TIMEOUT) {
      execute("SET idle_session_timeout = 0", "cannot prepare the session");
    }
    if (version.major() >= FIRST_WITH_CONNECTION_CHECK) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET client_connection_check_interval = '2s'");
      } catch (SQLException notOnThisSystem) {
        // Then a session whose client is gone ends when it next writes.
      }
    }
  }

  public ServerVersion version() {
    return version;
  }

  /** For the classes of this package that ask questions. */
  Connection connection() {
    return connection;
  }

  CofferException told(SQLException failure, String what) {
    return errors.translate(failure, what);
  }

  /** From here on, nothing holds until {@link #commit}. */
  public void begin() {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException failure) {
      throw told(failure, "cannot begin a transaction");
    }
  }

  /** Makes everything since {@link #begin} hold; then in auto-commit mode again. */
  public void commit() {
    try {
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException failure) {
      throw told(failure, "cannot commit");
    }
  }

  /**
   * Has the {@link #commit} that comes next last as the server's own settings say, on its disk and
   * on its standbys: the commits before it need not.
   *
   * @return the transaction's number, by which the server knows later how it ended
   */
  public String lastTransaction() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET LOCAL synchronous_commit TO DEFAULT");
      return Sql.one(
          connection, "SELECT pg_catalog.pg_current_xact_id()::text", row -> row.getString(1));
    } catch (SQLException failure) {
      throw told(failure, "cannot number the transaction");
    }
  }

  /**
   * Why a column does not take a value; empty where it does. Within a transaction.
   *
   * @param text of the value; empty for null
   */
  public Optional<String> refusal(QualifiedName table, String column, Optional<String> text) {
    try {
      return new StandInTrial(connection).refusal(table, column, text);
    } catch (SQLException failure) {
      throw told(failure, "cannot examine table " + table);
    }
  }

  /**
   * Runs one or more statements.
   *
   * @param what for the message if this fails: {@code cannot create TABLE sales}
   * @return what the server warned of
   */
  public List<String> execute(String sql, String what) {
    try {
      return Sql.warned(connection, sql);
    } catch (SQLException failure) {
      throw told(failure, what);
    }
  }

  /** How rows find their table. */
  public enum Into {
    /** Made or emptied by this very transaction: nobody else can see it, so rows come frozen. */
    FRESH(", FREEZE"),
    /** One that others may be filling too. */
    SHARED("");

    private final String option;

    Into(String option) {
      this.option = option;
    }
  }

  /**
   * What the types of tables' columns are called, by table and column: {@code int4}, or {@code
   * enum} for all enums. Only these and types that PostgreSQL itself comes with are told, and no
   * arrays, domains, composite types or ranges that a user made.
   */
  public Map<QualifiedName, Map<String, String>> columnTypes() {
    try {
      return ColumnTypes.of(connection);
    } catch (SQLException failure) {
      throw told(failure, "cannot examine the tables");
    }
  }

  /** Begins to load rows into a table's stored columns, in COPY's text or binary format. */
  public CopyStream copyInto(Table table, Into into, boolean binary) {
    List<Column> stored = table.storedColumns();
    String columns =
        stored.stream()
            .map(column -> Identifiers.quote(column.name()))
            .collect(Collectors.joining(", ", " (", ")"));
    String sql =
        "COPY "
            + table.name().sql()
            + (stored.isEmpty() ? "" : columns)
            + " FROM STDIN WITH (FORMAT "
            + (binary ? "binary" : "text")
            + into.option
            + ")";
    String what = "cannot load rows into table " + table.name();
    try {
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      return binary ? CopyStream.binary(this, copy, what) : CopyStream.text(this, copy, what);
    } catch (SQLException failure) {
      throw told(failure, what);
    }
  }

  /** Breaks the connection, so that a thread that waits for the server fails soon. */
  public void abort() {
    Sessions.abort(connection);
  }

  @Override
  public void close() {
    Sessions.close(connection);
  }
}
