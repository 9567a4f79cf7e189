package dev.coffer.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * A throw-away PostgreSQL server: started in about a second, reachable from this machine only, and
 * gone with all of its data when it is closed, when the program ends, and when the program is
 * killed.
 *
 * <p>It listens on 127.0.0.1 and on a socket in {@link #socketFolder()}, and lets in its superuser
 * {@code postgres} by a random password. Databases are in UTF-8 and sort by code point. Its parent
 * in the system is a small shell script, {@code supervisor.sh}, that lives as long as a pipe from
 * this program is open.
 *
 * <p>Instances may be used by any number of threads.
 */
public final class EmbeddedServer implements AutoCloseable {
  private final ServerBinaries binaries;
  private final Supervisor supervisor;
  private final String password;

  private EmbeddedServer(ServerBinaries binaries, Supervisor supervisor, String password) {
    this.binaries = binaries;
    this.supervisor = supervisor;
    this.password = password;
  }

  /**
   * Starts a server and waits until it lets connections in.
   *
   * @throws ServerException with the last lines of its log if it does not start
   */
  public static EmbeddedServer start(ServerBinaries binaries, ServerOptions options) {
    String password = randomPassword();
    Supervisor supervisor = Supervisor.start(binaries, options, password);
    return new EmbeddedServer(binaries, supervisor, password);
  }

  public String host() {
    return "127.0.0.1";
  }

  public int port() {
    return supervisor.port();
  }

  /** The superuser. */
  public String user() {
    return "postgres";
  }

  public String password() {
    return password;
  }

  /** The folder of the server's Unix socket, as libpq takes it for a host. */
  public Path socketFolder() {
    return supervisor.work();
  }

  /** The folder that holds all of the server's files, and is deleted with it. */
  public Path workFolder() {
    return supervisor.work();
  }

  public int majorVersion() {
    return binaries.majorVersion();
  }

  /** Such as {@code 18.6}. */
  public String version() {
    return binaries.version();
  }

  /** For pgjdbc, without user and password. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + address(database);
  }

  /** For libpq and for Coffer, with user and password: a secret, if a short-lived one. */
  public String url(String database) {
    return "postgresql://" + user() + ":" + password + "@" + address(database);
  }

  private String address(String database) {
    return host()
        + ":"
        + port()
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String randomPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * From now on only {@link #close} stops it, or the end of this process, and no longer the
   * beginning of that end: for an owner that has others to end before, who use the server.
   */
  public void stayUntilClosed() {
    supervisor.stayUntilClosed();
  }

  /** Stops the server, with its connections, and deletes its data. Does nothing a second time. */
  @Override
  public void close() {
    supervisor.close();
  }
}
