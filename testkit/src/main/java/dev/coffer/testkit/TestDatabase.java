package dev.coffer.testkit;

import dev.coffer.embedded.EmbeddedServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A fresh database on a shared server, dropped when closed, with whoever is still connected.
 *
 * <p>Failures of SQL come as {@link AssertionError}, since a test that cannot set its scene fails.
 */
public final class TestDatabase implements AutoCloseable {
  private final EmbeddedServer server;
  private final String name;

  private TestDatabase(EmbeddedServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** An empty database. */
  public static TestDatabase create(EmbeddedServer server) {
    return create(server, "template0", "");
  }

  /** An empty database whose text is in {@code encoding} and sorts byte by byte. */
  public static TestDatabase create(EmbeddedServer server, String encoding) {
    return create(server, "template0", " ENCODING '" + encoding + "' LOCALE 'C'");
  }

  /** A copy of another database of the same server, to which no one may be connected. */
  public static TestDatabase createFrom(TestDatabase template) {
    return create(template.server, template.name, "");
  }

  private static TestDatabase create(EmbeddedServer server, String template, String options) {
    TestDatabase database = new TestDatabase(server, uniqueName("test"));
    maintain(server, "CREATE DATABASE " + database.name + " TEMPLATE " + template + options);
    return database;
  }

  /** A name that no other test uses, for a role or another object that all databases share. */
  public static String uniqueName(String prefix) {
    return prefix + "_" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 60), 36);
  }

  public EmbeddedServer server() {
    return server;
  }

  public String name() {
    return name;
  }

  public String jdbcUrl() {
    return server.jdbcUrl(name);
  }

  /** As {@code postgresql://user:password@host:port/database}. */
  public String url() {
    return server.url(name);
  }

  /** A connection as the superuser; the caller closes it. */
  public Connection connect() {
    return connect(server, name);
  }

  /** Runs statements parted by semicolons, each in its own transaction as far as it may be. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError("SQL fails in " + name + ": " + sql, failure);
    }
  }

  /** The first column of a query's only row, as PostgreSQL prints it; "null" for NULL. */
  public String value(String sql) {
    List<String> values = values(sql);
    if (values.size() != 1) {
      throw new AssertionError(values.size() + " rows instead of one: " + sql);
    }
    return values.getFirst();
  }

  /** The first column of each row, as PostgreSQL prints it; "null" for NULL. */
  public List<String> values(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException failure) {
      throw new AssertionError("SQL fails in " + name + ": " + sql, failure);
    }
  }

  /** Ends all connections, and takes no more until {@link #takeConnections}. */
  public void refuseConnections() {
    maintain(server, "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    maintain(
        server,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

  public void takeConnections() {
    maintain(server, "ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
  }

  @Override
  public void close() {
    maintain(server, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  private static void maintain(EmbeddedServer server, String sql) {
    try (Connection connection = connect(server, "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError("SQL fails: " + sql, failure);
    }
  }

  private static Connection connect(EmbeddedServer server, String database) {
    Properties properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    try {
      return DriverManager.getConnection(server.jdbcUrl(database), properties);
    } catch (SQLException failure) {
      throw new AssertionError("No connection to " + database, failure);
    }
  }
}
