package dev.coffer.postgres.write;

import dev.coffer.bytes.ByteSink;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into a table, in COPY's text or binary format. Closing before {@link #end}
 * breaks the connection, and with it the transaction.
 */
public final class CopyStream implements AutoCloseable {
  /** Signature, flags, and the length of an extension: none. */
  private static final byte[] BINARY_HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final byte[] BINARY_TRAILER = {-1, -1};

  private final TargetSession session;
  private final CopyIn copy;
  private final boolean binary;
  private final String what;
  private boolean ended;

  private CopyStream(TargetSession session, CopyIn copy, boolean binary, String what) {
    this.session = session;
    this.copy = copy;
    this.binary = binary;
    this.what = what;
  }

  static CopyStream text(TargetSession session, CopyIn copy, String what) {
    return new CopyStream(session, copy, false, what);
  }

  static CopyStream binary(TargetSession session, CopyIn copy, String what) throws SQLException {
    copy.writeToCopy(BINARY_HEADER, 0, BINARY_HEADER.length);
    return new CopyStream(session, copy, true, what);
  }

  /** Sends whole lines, or tuples. */
  public void write(ByteSink rows) {
    try {
      copy.writeToCopy(rows.array(), 0, rows.length());
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
      if (binary) {
        copy.writeToCopy(BINARY_TRAILER, 0, BINARY_TRAILER.length);
      }
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
