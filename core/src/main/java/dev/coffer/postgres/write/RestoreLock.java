package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.sql.SQLException;

/** Lets one restore at a time into a database: a lock that ends with the session that holds it. */
public final class RestoreLock {
  /** "coffer" in ASCII. */
  private static final long KEY = 0x636f66666572L;

  private RestoreLock() {}

  /**
   * Takes the lock for the session's lifetime.
   *
   * @throws CofferException {@code RESTORE_RUNNING}
   */
  public static void take(TargetSession session) {
    try {
      String sql = "SELECT pg_catalog.pg_try_advisory_lock(" + KEY + ")";
      if (!EmptyTarget.texts(session.connection(), sql).contains("t")) {
        throw new CofferException(
            ErrorCode.RESTORE_RUNNING,
            "another restore into this database is running",
            "Wait until it is over; pg_stat_activity names its sessions.");
      }
    } catch (SQLException failure) {
      throw session.told(failure, "cannot lock the database against other restores");
    }
  }

  /** The same, but waits until this process's own session, which is broken, is gone. */
  public static void await(TargetSession session) {
    session.execute(
        "SELECT pg_catalog.pg_advisory_lock(" + KEY + ")",
        "cannot lock the database against other restores");
  }
}
