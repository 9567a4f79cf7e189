package dev.coffer.postgres.write;

import dev.coffer.bytes.ByteSink;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table, in COPY's text format. Closing before {@link #end} breaks the
 * connection, and with it the transaction.
 */
public final class CopyStream implements AutoCloseable {
  private final TargetSession session;
  private final CopyIn copy;
  private final String what;
  private boolean ended;

  CopyStream(TargetSession session, CopyIn copy, String what) {
    this.session = session;
    this.copy = copy;
    this.what = what;
  }

  /** Sends whole lines. */
  public void write(ByteSink lines) {
    try {
      copy.writeToCopy(lines.array(), 0, lines.length());
    } catch (SQLException failure) {
      throw session.told(failure, what);
    }
  }

  /**
   * Waits until the server has them all.
   *
   * @return how many rows it counted
   */
  public long end() {
    try {
      long rows = copy.endCopy();
      ended = true;
      return rows;
    } catch (SQLException failure) {
      throw session.told(failure, what);
    }
  }

  @Override
  public void close() {
    if (!ended) {
      session.abort();
    }
  }
}
