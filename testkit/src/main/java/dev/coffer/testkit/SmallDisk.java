package dev.coffer.testkit;

import dev.coffer.embedded.ServerBinaries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server with a tablespace, {@link #SPACE}, on a disk of a few megabytes: a tmpfs in a mount
 * namespace of the server's own, gone with it. Needs Linux, and a user who may make namespaces.
 */
public final class SmallDisk implements AutoCloseable {
  /** The tablespace on the small disk. */
  public static final String SPACE = "small";

  private static final int SECONDS = 60;

  /** Ends with its standard input, so also when this program is killed. */
  private static final String SCRIPT =
      """
      set -e
      mount -t tmpfs -o "size=$SIZE" none "$WORK/disk"
      mkdir "$WORK/disk/space"
      exec 3<&0 </dev/null >"$WORK/log" 2>&1
      unshare -U "$BIN/initdb" -D "$WORK/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync
      unshare -U "$BIN/postgres" -D "$WORK/data" -p "$PORT" -h 127.0.0.1 -k "$WORK" -c fsync=off &
      server=$!
      read -r _ <&3 || true
      kill -INT "$server"
      wait "$server" || true
      rm -rf "$WORK/data"
      """;

  private final Process process;
  private final int port;

  private SmallDisk(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param work an empty folder with a short path
   * @param size as mount takes it: {@code 32m}
   */
  public static SmallDisk start(ServerBinaries binaries, Path work, String size) {
    try {
      Files.createDirectory(work.resolve("disk"));
      int port = freePort();
      ProcessBuilder builder = new ProcessBuilder("unshare", "-Urm", "sh", "-c", SCRIPT);
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("WORK", work.toString());
      builder.environment().put("BIN", binaries.folder().toAbsolutePath().toString());
      builder.environment().put("PORT", Integer.toString(port));
      builder.environment().put("SIZE", size);
      builder.redirectErrorStream(true);
      SmallDisk disk = new SmallDisk(builder.start(), port);
      disk.awaitReady(work);
      disk.execute(
          "postgres",
          "CREATE TABLESPACE %s LOCATION '%s'".formatted(SPACE, work.resolve("disk/space")));
      return disk;
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("no server on a small disk", failure);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path work) throws IOException, InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      try (Connection connection = connect("postgres")) {
        if (connection.isValid(SECONDS)) {
          return;
        }
      } catch (SQLException notYet) {
        if (!process.isAlive() || System.nanoTime() > limit) {
          close();
          Path log = work.resolve("log");
          throw new AssertionError(
              "no server on a small disk: " + (Files.exists(log) ? Files.readString(log) : ""),
              notYet);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /** As {@code postgresql://user@host:port/database}. */
  public String url(String database) {
    return "postgresql://postgres@127.0.0.1:" + port + "/" + database;
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres");
  }

  /** Runs statements. */
  public void execute(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError("SQL fails in " + database + ": " + sql, failure);
    }
  }

  /** Fills the disk from a database on it, but for some megabytes. */
  public void fill(String database, int free) {
    String rows = " SELECT repeat('x', 1000) FROM generate_series(1, %d)";
    execute(database, "CREATE TABLE spare AS" + rows.formatted(free * 1000));
    execute(database, "CREATE TABLE filler (t text)");
    // A new database's files have holes until they are written.
    execute(database, "CHECKPOINT");
    // Many small ones: of a large one that fails, autovacuum would give the room back.
    for (boolean full = false; !full; ) {
      full = fails(database, "INSERT INTO filler" + rows.formatted(100));
    }
    execute(database, "DROP TABLE spare");
  }

  private boolean fails(String database, String insert) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(insert);
      return false;
    } catch (SQLException failure) {
      if ("53100".equals(failure.getSQLState())) {
        return true;
      }
      throw new AssertionError("the disk is not full", failure);
    }
  }

  /** The first column of each row, as PostgreSQL prints it; "null" for NULL. */
  public List<String> values(String database, String sql) {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    } catch (SQLException failure) {
      throw new AssertionError("SQL fails in " + database + ": " + sql, failure);
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (IOException failure) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
