package dev.coffer.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** Ends connections that may be broken already. */
public final class Sessions {
  private Sessions() {}

  /** Breaks the connection, so that a thread that waits for the server fails soon. */
  public static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException alreadyBroken) {
      // That is what was wanted.
    }
  }

  /** Closes the connection. What was not committed, the server rolls back. */
  public static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // The server has seen the end of it, or will.
    }
  }
}
