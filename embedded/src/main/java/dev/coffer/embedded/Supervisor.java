package dev.coffer.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shell script between this program and one server, and the work folder they share. */
final class Supervisor implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final int PORT_ATTEMPTS = 5;

  /** Bytes that the system leaves for a socket's folder: 104 on macOS, less the file's name. */
  private static final int LONGEST_SOCKET_FOLDER = 104 - "/.s.PGSQL.65535".length() - 1;

  private final Path work;
  private final int port;
  private final Process process;
  private final Thread hook = new Thread(this::stop, "stop-throw-away-postgresql");

  private Supervisor(Path work, int port, Process process) {
    this.work = work;
    this.port = port;
    this.process = process;
  }

  static Supervisor start(ServerBinaries binaries, ServerOptions options, String password) {
    ServerUser user = ServerUser.find(binaries);
    for (int attempt = 1; ; attempt++) {
      Supervisor supervisor = launch(binaries, options, password, user);
      if (supervisor.awaitReady()) {
        return supervisor;
      }
      String log = supervisor.log();
      supervisor.close();
      // Another program may take a port between our choosing and the server's using it.
      if (!log.contains("Address already in use") || attempt == PORT_ATTEMPTS) {
        throw new ServerException(
            "The throw-away PostgreSQL " + binaries.version() + " does not start",
            "Its log ends with:\n" + log);
      }
    }
  }

  int port() {
    return port;
  }

  Path work() {
    return work;
  }

  private static Supervisor launch(
      ServerBinaries binaries, ServerOptions options, String password, ServerUser user) {
    try {
      Path work = Files.createTempDirectory(options.folder().toAbsolutePath(), "coffer-pg");
      if (work.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_FOLDER) {
        Files.delete(work);
        throw new ServerException(
            "The folder " + options.folder() + " has too long a path for a Unix socket",
            "Name a shorter one, by -Djava.io.tmpdir for example.");
      }
      writePrivately(work.resolve("password"), password + "\n");
      writePrivately(work.resolve("settings.conf"), String.join("\n", options.settings()) + "\n");
      int port = freePort();
      ProcessBuilder builder = new ProcessBuilder(command());
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.redirectError(ProcessBuilder.Redirect.DISCARD);
      prepare(builder.environment(), binaries, work, port, user);
      Supervisor supervisor = new Supervisor(work, port, builder.start());
      Runtime.getRuntime().addShutdownHook(supervisor.hook);
      return supervisor;
    } catch (IOException failure) {
      throw new ServerException(
          "A throw-away PostgreSQL cannot be started in " + options.folder(),
          "The system says: " + failure,
          failure);
    }
  }

  /** Away from the terminal where that can be had, so that its Ctrl-C is ours to handle. */
  private static List<String> command() throws IOException {
    Stream<String> session =
        ShortCommand.succeeds(List.of("setsid", "true")) ? Stream.of("setsid") : Stream.empty();
    Stream<String> shell = Stream.of("sh", "-c", script(), "coffer-postgres");
    return Stream.concat(session, shell).toList();
  }

  private static String script() throws IOException {
    try (InputStream script = Supervisor.class.getResourceAsStream("supervisor.sh")) {
      if (script == null) {
        throw new IOException("supervisor.sh is missing from the program");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void prepare(
      Map<String, String> environment,
      ServerBinaries binaries,
      Path work,
      int port,
      ServerUser user) {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    environment.put("LC_ALL", "C");
    environment.put("COFFER_WORK", work.toString());
    environment.put("COFFER_BIN", binaries.folder().toAbsolutePath().toString());
    environment.put("COFFER_PORT", Integer.toString(port));
    environment.put("COFFER_AS", String.join(" ", user.command()));
    environment.put("COFFER_USER", user.name());
    environment.put("COFFER_LOCALE", mac ? "C" : "C.UTF-8");
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** False when the server ended instead, takes too long, or this thread was interrupted. */
  private boolean awaitReady() {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (process.isAlive()
        && Instant.now().isBefore(limit)
        && !Thread.currentThread().isInterrupted()) {
      if (isReady()) {
        return true;
      }
      if (Files.exists(work.resolve("exited"))) {
        return false;
      }
      pause();
    }
    return false;
  }

  /** As pg_ctl does it: by the eighth line of the server's own file (postmaster.pid). */
  private boolean isReady() {
    try {
      List<String> lines = Files.readAllLines(work.resolve("data/postmaster.pid"));
      return lines.size() >= 8 && lines.get(7).strip().equals("ready");
    } catch (IOException notYet) {
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private String log() {
    try {
      List<String> lines = Files.readAllLines(work.resolve("log"));
      return lines.stream().skip(Math.max(0, lines.size() - 20)).collect(Collectors.joining("\n"));
    } catch (IOException failure) {
      return "(no log: " + failure + ")";
    }
  }

  @Override
  public void close() {
    stop();
    stayUntilClosed();
  }

  /** The script still stops the server when this process is gone. */
  void stayUntilClosed() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook runs by itself, and finds nothing to stop if that is done.
    }
  }

  /** The script does the work, within its own limits; what follows is for when it cannot. */
  private void stop() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
            .forEach(ProcessHandle::destroyForcibly);
      }
      Folders.delete(work);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      throw new ServerException(
          "The files of a throw-away PostgreSQL stay behind in " + work,
          "Delete that folder. The system says: " + failure,
          failure);
    }
  }
}
