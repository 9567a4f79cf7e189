package dev.coffer.postgres;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Where a database is and how to sign in there, as libpq understands it (PostgreSQL manual,
 * "Database Connection Control Functions").
 *
 * @param host a name, an address, or, beginning with a slash, the folder of a Unix-domain socket
 * @param password empty where none was given: the server may still trust or know the user otherwise
 * @param parameters the driver's own parameters for encryption and options, by the driver's names
 * @param connectTimeout how long to wait for an answer; zero means for ever
 * @param notices what a person should know about how these settings came about
 */
public record ConnectionSettings(
    String host,
    int port,
    String database,
    String user,
    Optional<String> password,
    Map<String, String> parameters,
    Duration connectTimeout,
    List<String> notices) {

  public ConnectionSettings {
    parameters = Map.copyOf(parameters);
    notices = List.copyOf(notices);
  }

  /**
   * Settings from {@code --database}, else {@code DATABASE_URL}; whatever these leave open comes
   * from libpq's variables, the password file, and libpq's defaults.
   *
   * @param databaseOption a {@code postgresql://} URL, {@code keyword=value} pairs, or a database's
   *     name
   * @param home the user's home folder, where {@code .pgpass} lies
   * @throws CofferException with {@link ErrorCode#USAGE} for text that is none of these; the
   *     message never repeats the text, which may hold a password
   */
  public static ConnectionSettings resolve(
      Optional<String> databaseOption, Map<String, String> environment, Path home) {
    return new SettingsResolver(environment, home, UnixSocketFactory.USUAL_FOLDERS)
        .resolve(databaseOption);
  }

  /** The socket's file, where the host is a folder. */
  public Optional<Path> socket() {
    return host.startsWith("/") ? Optional.of(Path.of(host, ".s.PGSQL." + port)) : Optional.empty();
  }

  /** The same server and user, another database. */
  public ConnectionSettings withDatabase(String other) {
    return new ConnectionSettings(
        host, port, other, user, password, parameters, connectTimeout, notices);
  }

  /**
   * The same place, for a question that is not worth waiting for.
   *
   * @param connect how long a connection may take
   * @param answer how long the server may be silent then, before the connection is given up
   */
  public ConnectionSettings impatient(Duration connect, Duration answer) {
    Map<String, String> hasty = new HashMap<>(parameters);
    hasty.put("socketTimeout", Long.toString(answer.toSeconds()));
    return new ConnectionSettings(host, port, database, user, password, hasty, connect, notices);
  }

  /**
   * Opens a connection. It belongs to the caller and is in auto-commit mode.
   *
   * @throws CofferException {@code DATABASE_UNREACHABLE}, {@code DATABASE_AUTHENTICATION}, {@code
   *     DATABASE_UNKNOWN} or another code of a database that cannot be used
   */
  public Connection open(String applicationName) {
    return new Connector(this).open(applicationName);
  }

  /**
   * A source of connections for libraries that want one; its failures are the driver's own.
   *
   * @throws CofferException as {@link #open}, which is tried first
   */
  public DataSource dataSource(String applicationName) {
    return new Connector(this).dataSource(applicationName);
  }

  /** The place for people: {@code user@host:port/database}. Never the password. */
  @Override
  public String toString() {
    return user + "@" + address() + "/" + database;
  }

  /** The server for people: {@code host:port}, or the socket's file. */
  public String address() {
    return socket().map(Path::toString).orElse(bracketed() + ":" + port);
  }

  String bracketed() {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
