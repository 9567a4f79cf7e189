package dev.coffer.postgres.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Receives rows in COPY's text format, each ended by a line feed, one at a time. */
public final class CopyReader implements AutoCloseable {
  private final Connection connection;
  private final CopyOut copy;
  private final String what;

  CopyReader(Connection connection, String query, String what) {
    this.connection = connection;
    this.what = what;
    copy =
        ApplyErrors.telling(
            what,
            () ->
                connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query + ") TO STDOUT"));
  }

  /** The next row; empty after the last. */
  public Optional<byte[]> next() {
    try {
      return Optional.ofNullable(copy.readFromCopy());
    } catch (SQLException failure) {
      throw ApplyErrors.translate(failure, what);
    }
  }

  /** Rows that were not read cost the connection: nobody waits for them. */
  @Override
  public void close() {
    if (copy.isActive()) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException alreadyBroken) {
        // That is what was wanted.
      }
    }
  }
}
