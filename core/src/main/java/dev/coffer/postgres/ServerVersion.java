package dev.coffer.postgres;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A server's version.
 *
 * @param number {@code server_version_num}: 150019 for 15.19
 * @param text {@code server_version}, with what a distribution adds
 */
public record ServerVersion(int number, String text) {
  private static final int OLDEST = 13;

  /** Asks the server; refuses nothing. */
  public static ServerVersion of(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT current_setting('server_version_num')::int,"
                    + " current_setting('server_version')")) {
      row.next();
      return new ServerVersion(row.getInt(1), row.getString(2));
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, "cannot ask for the server's version");
    }
  }

  /**
   * This version, if Coffer supports it.
   *
   * @throws CofferException with {@link ErrorCode#DATABASE_VERSION} for one before 13
   */
  public ServerVersion supported() {
    if (major() < OLDEST) {
      throw new CofferException(
          ErrorCode.DATABASE_VERSION,
          "the server is PostgreSQL " + text + "; Coffer reads PostgreSQL 13 and later",
          "Upgrade the server, or back it up with its own pg_dump until then.");
    }
    return this;
  }

  public int major() {
    return number / 10_000;
  }
}
