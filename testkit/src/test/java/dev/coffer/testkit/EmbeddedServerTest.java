package dev.coffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerException;
import dev.coffer.embedded.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedServerTest {
  private static final ServerOptions OPTIONS = ServerOptions.defaults().withoutFsync();

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 17, 18})
  void everyPackedReleaseAnswers(int release) {
    try (TestDatabase database = TestDatabase.create(Servers.embedded(release))) {
      assertThat(database.value("SHOW server_version_num")).startsWith(Integer.toString(release));
      assertThat(database.server().majorVersion()).isEqualTo(release);
      assertThat(database.value("SELECT pg_encoding_to_char(encoding) FROM pg_database LIMIT 1"))
          .isEqualTo("UTF8");
      assertThat(database.value("SELECT datcollate FROM pg_database LIMIT 1")).isEqualTo("C.UTF-8");
    }
  }

  @Test
  void nothingIsLeftAfterClose(@TempDir Path folder) throws IOException {
    int port;
    List<Long> processes;
    try (EmbeddedServer server =
        EmbeddedServer.start(ServerBinaries.bundled(), OPTIONS.in(folder))) {
      port = server.port();
      processes = processesOf(server);
      assertThat(answers(port)).isTrue();
      assertThat(processes).isNotEmpty();
      assertThat(server.workFolder()).startsWith(folder).isNotEmptyDirectory();
    }
    assertThat(answers(port)).isFalse();
    assertThat(processes).noneMatch(EmbeddedServerTest::isAlive);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theServerEndsWhenItsProgramIsKilled(@TempDir Path folder) throws Exception {
    assertEndsWithItsProgram(owner(folder));
    assertThat(folder).isEmptyDirectory();
  }

  /** As root that is the way by another user; for anyone else nothing changes. */
  @Test
  void startsWhereUserNamespacesAreForbidden(@TempDir Path folder) throws Exception {
    Path unshare = Files.writeString(folder.resolve("unshare"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(unshare, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder owner = owner(Path.of(System.getProperty("java.io.tmpdir")));
    owner.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    assertEndsWithItsProgram(owner);
  }

  private static void assertEndsWithItsProgram(ProcessBuilder owner) throws Exception {
    Process program = owner.start();
    int port;
    Path work;
    long server;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8))) {
      port = Integer.parseInt(lines.readLine());
      work = Path.of(lines.readLine());
      server = Long.parseLong(lines.readLine());
      assertThat(answers(port)).isTrue();
      program.destroyForcibly();
      assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(soon(() -> !answers(port))).as("the port is closed").isTrue();
    assertThat(soon(() -> !isAlive(server))).as("the process is gone").isTrue();
    assertThat(soon(() -> Files.notExists(work))).as("the data is gone").isTrue();
  }

  private static ProcessBuilder owner(Path folder) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ServerOwner.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  @Test
  void passwordsAreAsked() {
    EmbeddedServer server = Servers.embedded(18);
    assertThatThrownBy(
            () -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
    assertThat(server.workFolder().resolve("password")).doesNotExist();
    assertThat(Shell.run("stat", "-c", "%a", server.workFolder().toString()).out().strip())
        .isEqualTo("700");
  }

  @Test
  void settingsReachTheServer() throws SQLException {
    try (EmbeddedServer server =
            EmbeddedServer.start(ServerBinaries.bundled(), OPTIONS.with("work_mem = '7MB'"));
        Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW work_mem")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("7MB");
    }
  }

  @Test
  void aServerThatDoesNotStartSaysWhy(@TempDir Path folder) {
    ServerOptions wrong = OPTIONS.in(folder).with("no_such_setting = on");
    assertThatThrownBy(() -> EmbeddedServer.start(ServerBinaries.bundled(), wrong))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("does not start")
        .hasMessageContaining("no_such_setting");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderWithoutServerIsRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> ServerBinaries.at(folder))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining(folder.toString());
  }

  private static List<Long> processesOf(EmbeddedServer server) throws IOException {
    Path file = server.workFolder().resolve("data/postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(file).getFirst());
    ProcessHandle handle = ProcessHandle.of(postmaster).orElseThrow();
    return Stream.concat(handle.descendants(), Stream.of(handle)).map(ProcessHandle::pid).toList();
  }

  private static boolean isAlive(long process) {
    return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  private static boolean soon(BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(Duration.ofSeconds(15));
    while (!condition.getAsBoolean() && Instant.now().isBefore(limit)) {
      Thread.sleep(50);
    }
    return condition.getAsBoolean();
  }
}
