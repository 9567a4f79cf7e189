package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.model.Identifiers;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.ServerVersion;
import dev.coffer.postgres.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * A database that exists only for a while. It goes when this is closed; where the program is killed
 * before, the next one that is made on the server drops it. What tells it from one in use is that
 * the session that made it, which calls itself by its name, is gone.
 */
public final class ScratchDatabase implements AutoCloseable {
  private static final String PREFIX = "coffer_proof_";
  private static final String NOT_SUITED = "22023";
  private static final String NOT_ALLOWED = "42501";

  private final ConnectionSettings server;
  private final Connection owner;
  private final String name;

  private ScratchDatabase(ConnectionSettings server, Connection owner, String name) {
    this.server = server;
    this.owner = owner;
    this.name = name;
  }

  /**
   * Makes an empty database in UTF-8.
   *
   * @throws dev.coffer.error.CofferException with a code of the {@code DATABASE_} family
   */
  public static ScratchDatabase create(ConnectionSettings server) {
    String name = PREFIX + UUID.randomUUID().toString().replace("-", "");
    Connection owner = server.open(name);
    boolean complete = false;
    try {
      dropRemains(owner);
      create(owner, "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
      complete = true;
      return new ScratchDatabase(server, owner, name);
    } catch (SQLException failure) {
      CofferException told =
          SqlErrors.translate(
              failure, "cannot create a scratch database on the server at " + server.address());
      throw NOT_ALLOWED.equals(failure.getSQLState()) ? withRemedy(told, server) : told;
    } finally {
      if (!complete) {
        close(owner);
      }
    }
  }

  private static CofferException withRemedy(CofferException told, ConnectionSettings server) {
    return new CofferException(
        told.code(),
        told.fact(),
        "As a superuser, run there:\n  ALTER ROLE "
            + Identifiers.quote(server.user())
            + " CREATEDB;",
        told);
  }

  private static void create(Connection owner, String sql) throws SQLException {
    try {
      execute(owner, sql);
    } catch (SQLException localeOfAnotherEncoding) {
      if (!NOT_SUITED.equals(localeOfAnotherEncoding.getSQLState())) {
        throw localeOfAnotherEncoding;
      }
      execute(owner, sql + " LOCALE 'C'");
    }
  }

  private static void dropRemains(Connection owner) throws SQLException {
    List<String> names =
        EmptyTarget.texts(
            owner,
            "SELECT datname FROM pg_database WHERE datname ~ '^"
                + PREFIX
                + "[0-9a-f]{32}$' AND pg_has_role(datdba, 'USAGE') AND NOT EXISTS"
                + " (SELECT FROM pg_stat_activity WHERE application_name = datname)");
    for (String name : names) {
      execute(owner, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
  }

  public ConnectionSettings settings() {
    return server.withDatabase(name);
  }

  /** The server's version, for people: {@code PostgreSQL 15.19}. */
  public String server() {
    return "PostgreSQL " + ServerVersion.of(owner).text();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      execute(owner, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    } catch (SQLException nextOneDoesIt) {
      // A server that is gone takes it along, or keeps it for the next scratch database.
    } finally {
      close(owner);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException alreadyBroken) {
      // Then the next scratch database finds this one's without its session.
    }
  }
}
