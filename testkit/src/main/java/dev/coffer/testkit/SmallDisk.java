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
 * A server with a tablespace, {@link #SPACE}, or with its write-ahead log, on a disk of a few
 * megabytes: a tmpfs in a mount namespace of the server's own, gone with it. Needs Linux, and a
 * user who may make namespaces.
 */
public final class SmallDisk implements AutoCloseable {
  /** The tablespace on the small disk. */
  public static final String SPACE = "small";

  private static final int SECONDS = 60;

  /** Of the log, which is in files of this size, nothing is removed or used again by itself. */
  private static final String LOG_OPTIONS =
      "-c wal_recycle=off -c max_wal_size=1GB -c checkpoint_timeout=1h -c autovacuum=off"
          + " -c restart_after_crash=off";

  /**
   * Ends with its standard input, so also when this program is killed. A line starts a server that
   * has stopped again, on a disk with room.
   */
  private static final String SCRIPT =
      """
      set -e
      mount -t tmpfs -o "size=$SIZE" none "$WORK/disk"
      mkdir "$WORK/disk/space"
      exec 3<&0 </dev/null >"$WORK/log" 2>&1
      unshare -U "$BIN/initdb" -D "$WORK/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync $INITDB
      serve() {
        unshare -U "$BIN/postgres" -D "$WORK/data" -p "$PORT" -h 127.0.0.1 -k "$WORK" -c fsync=off $OPTIONS &
        server=$!
      }
      serve
      while read -r _ <&3; do
        wait "$server" || true
        rm "$WORK/disk/ballast"
        serve
      done
      kill -INT "$server" || true
      wait "$server" || true
      rm -rf "$WORK/data"
      """;

  private final Process process;
  private final Path work;
  private final int port;

  private SmallDisk(Process process, Path work, int port) {
    this.process = process;
    this.work = work;
    this.port = port;
  }

  /**
   * Starts a server with a tablespace on the small disk.
   *
   * @param work an empty folder with a short path
   * @param size as mount takes it: {@code 32m}
   */
  public static SmallDisk start(ServerBinaries binaries, Path work, String size) {
    SmallDisk disk = start(binaries, work, size, "", "");
    disk.execute(
        "postgres",
        "CREATE TABLESPACE %s LOCATION '%s'".formatted(SPACE, work.resolve("disk/space")));
    return disk;
  }

  /** The same with its write-ahead log there, and without the tablespace. */
  public static SmallDisk startWithLog(ServerBinaries binaries, Path work, String size) {
    return start(
        binaries, work, size, "--wal-segsize=1 --waldir=" + work.resolve("disk/log"), LOG_OPTIONS);
  }

  private static SmallDisk start(
      ServerBinaries binaries, Path work, String size, String initdb, String options) {
    try {
      Files.createDirectory(work.resolve("disk"));
      int port = freePort();
      ProcessBuilder builder = new ProcessBuilder("unshare", "-Urm", "sh", "-c", SCRIPT);
      builder.environment().put("LC_ALL", "C");
      builder.environment().put("WORK", work.toString());
      builder.environment().put("BIN", binaries.folder().toAbsolutePath().toString());
      builder.environment().put("PORT", Integer.toString(port));
      builder.environment().put("SIZE", size);
      builder.environment().put("INITDB", initdb);
      builder.environment().put("OPTIONS", options);
      builder.redirectErrorStream(true);
      SmallDisk disk = new SmallDisk(builder.start(), work, port);
      disk.awaitReady();
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

  private void awaitReady() throws IOException, InterruptedException {
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

  /**
   * Fills the disk that the log is on, but for some megabytes, until the server is started again.
   */
  public void fillLog(int free) {
    execute("postgres", "CHECKPOINT");
    String ballast = work.resolve("disk/ballast").toString();
    execute(
        "postgres",
        "COPY (SELECT 1) TO PROGRAM 'cat >/dev/null; dd if=/dev/zero of=%1$s bs=64k; truncate -s -%2$dM %1$s'"
            .formatted(ballast, free));
  }

  /** Starts a server that a full disk has stopped, once there is room again. */
  public void startAgain() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      awaitReady();
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError("the server does not start again", failure);
    }
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
