package dev.coffer.postgres.write;

import dev.coffer.bytes.ByteSink;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Sends rows in COPY's text format (PostgreSQL manual, "COPY"). Closing it without {@link #finish}
 * makes the statement fail on the server.
 */
public final class CopyWriter implements AutoCloseable {
  private static final int BATCH = 1 << 16;

  private final CopyIn copy;
  private final String what;
  private final ByteSink batch = new ByteSink(BATCH + (1 << 12));

  CopyWriter(Connection connection, String sql, String what) {
    this.what = what;
    copy =
        ApplyErrors.telling(
            what, () -> connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
  }

  /** Where the next row is put; {@link #row} says that it is complete. */
  public ByteSink text() {
    return batch;
  }

  /** The row in {@link #text} is complete; its line feed is added. */
  public void row() {
    batch.put('\n');
    if (batch.length() >= BATCH) {
      send();
    }
  }

  private void send() {
    try {
      copy.writeToCopy(batch.array(), 0, batch.length());
    } catch (SQLException failure) {
      throw ApplyErrors.translate(failure, what);
    }
    batch.clear(BATCH);
  }

  /** Sends the rest. */
  public void finish() {
    send();
    ApplyErrors.telling(what, copy::endCopy);
  }

  @Override
  public void close() {
    if (copy.isActive()) {
      try {
        copy.cancelCopy();
      } catch (SQLException alreadyBroken) {
        // The transaction ends without a commit either way.
      }
    }
  }
}
