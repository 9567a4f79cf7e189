package dev.coffer.portal;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL server of the installed version for this JVM, stopped when the JVM ends. */
public final class TestServer {
  private static final TestServer SHARED = start();

  private final int port;
  private int databases;

  private TestServer(int port) {
    this.port = port;
  }

  public static TestServer shared() {
    return SHARED;
  }

  /** A new, empty database. */
  public synchronized DataSource newDatabase() {
    String name = "portal_" + databases++;
    try (Connection connection = database("postgres").getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return database(name);
  }

  private PGSimpleDataSource database(String name) {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setServerNames(new String[] {"127.0.0.1"});
    database.setPortNumbers(new int[] {port});
    database.setDatabaseName(name);
    database.setUser("postgres");
    return database;
  }

  private static TestServer start() {
    try {
      Path folder = Files.createTempDirectory("coffer-portal-test");
      Path programs = Path.of(run(List.of("pg_config", "--bindir")).strip());
      Path data = folder.resolve("data");
      run(
          asServerUser(
              programs.resolve("initdb").toString(),
              "-D",
              data.toString(),
              "-U",
              "postgres",
              "-A",
              "trust",
              "-E",
              "UTF8",
              "--locale=C.UTF-8"));
      int port;
      try (ServerSocket socket = new ServerSocket(0)) {
        port = socket.getLocalPort();
      }
      Process server =
          new ProcessBuilder(
                  asServerUser(
                      programs.resolve("postgres").toString(),
                      "-D",
                      data.toString(),
                      "-p",
                      String.valueOf(port),
                      "-k",
                      folder.toString(),
                      "-c",
                      "fsync=off"))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
      TestServer started = new TestServer(port);
      started.awaitReady(server);
      return started;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitReady(Process server) throws InterruptedException {
    while (true) {
      try (Connection connection = database("postgres").getConnection()) {
        connection.isValid(1);
        return;
      } catch (SQLException e) {
        if (!server.isAlive()) {
          throw new AssertionError("The server ended while starting.", e);
        }
        Thread.sleep(20);
      }
    }
  }

  /** PostgreSQL refuses to run as root; in a user namespace root is somebody else. */
  private static List<String> asServerUser(String... command) {
    List<String> words = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      words.addAll(List.of("unshare", "-U"));
    }
    words.addAll(List.of(command));
    return words;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + output);
    }
    return output;
  }

  private static void stop(Process server, Path folder) {
    try {
      server.destroy();
      if (!server.waitFor(5, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
