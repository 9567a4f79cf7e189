package dev.coffer.postgres.snapshot;

import dev.coffer.postgres.ServerVersion;
import java.sql.Connection;
import java.sql.SQLException;

/** What holds for every session that reads rows, whatever is set for its role or its database. */
public final class SessionSettings {
  private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;
  private static final int FIRST_WITH_CONNECTION_CHECK = 14;
  private static final int FIRST_WITH_IDLE_TIMEOUT = 14;

  private SessionSettings() {}

  /** Makes a session print every value as a document has it. */
  public static void apply(
      Connection connection, ServerVersion version, SharedSnapshot.Timeouts timeouts)
      throws SQLException {
    SharedSnapshot.execute(
        connection,
        "SET search_path = ''; SET DateStyle = ISO; SET IntervalStyle = postgres;"
            + " SET TimeZone = 'UTC'; SET extra_float_digits = 1; SET bytea_output = hex;"
            + " SET lc_monetary = 'C'; SET xmloption = content; SET row_security = off;"
            + " SET synchronize_seqscans = off; SET jit = off; SET quote_all_identifiers = off;"
            // Workers would mix the rows of a range.
            + " SET max_parallel_workers_per_gather = 0;"
            + " SET standard_conforming_strings = on; SET array_nulls = on;"
            + " SET idle_in_transaction_session_timeout = 0;"
            + " SET lock_timeout = "
            + timeouts.lock().toMillis()
            + "; SET statement_timeout = "
            + timeouts.statement().toMillis());
    if (version.major() >= FIRST_WITH_TRANSACTION_TIMEOUT) {
      SharedSnapshot.execute(connection, "SET transaction_timeout = 0");
    }
    if (version.major() >= FIRST_WITH_IDLE_TIMEOUT) {
      SharedSnapshot.execute(connection, "SET idle_session_timeout = 0");
    }
    if (version.major() >= FIRST_WITH_CONNECTION_CHECK) {
      whereItCan(connection, "SET client_connection_check_interval = '2s'");
    }
    whereItCan(
        connection,
        "SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 15;"
            + " SET tcp_keepalives_count = 4");
  }

  /** Lets a session whose client is gone end soon, even while it waits for a lock. */
  private static void whereItCan(Connection connection, String setting) {
    try {
      SharedSnapshot.execute(connection, setting);
    } catch (SQLException notOnThisSystem) {
      // Then such a session ends when it next writes, or when the system asks.
    }
  }
}
