package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerBinaries;
import dev.coffer.embedded.ServerOptions;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hot standby is as good a source as its primary. */
final class StandbyTest {
  @TempDir Path home;

  @Test
  void aStandbyIsBackedUpWithoutItsUnloggedTables() throws Exception {
    ServerBinaries binaries = Servers.distribution();
    try (EmbeddedServer primary =
            EmbeddedServer.start(
                binaries, ServerOptions.defaults().withoutFsync().with("wal_level = replica"));
        TestDatabase database = TestDatabase.create(primary)) {
      database.execute(
          """
          CREATE TABLE kept (id int);
          INSERT INTO kept SELECT generate_series(1, 5000);
          CREATE UNLOGGED TABLE fleeting (id int);
          INSERT INTO fleeting VALUES (1);
          CREATE UNLOGGED SEQUENCE fleeting_sequence;
          CREATE SEQUENCE kept_sequence;
          SELECT lo_from_bytea(70001, '\\x0708')
          """);
      Path data = home.resolve("standby");
      Shell.run(
              List.of(
                  binaries.folder().resolve("pg_basebackup").toString(),
                  "--dbname=" + primary.url("postgres"),
                  "--pgdata=" + data,
                  "--write-recovery-conf",
                  "--checkpoint=fast",
                  "--no-sync"),
              Map.of(),
              "")
          .check();
      int port = freePort();
      Process standby = start(binaries, data, port);
      try {
        String url = database.url().replace(":" + primary.port() + "/", ":" + port + "/");
        awaitReady(data);

        Taken taken = Taking.of(url, home).take();

        assertThat(taken.document().get("source").get("standby").booleanValue()).isTrue();
        assertThat(taken.document().get("source").get("systemIdentifier").stringValue())
            .isEqualTo(database.value("SELECT system_identifier FROM pg_control_system()"));
        assertThat(taken.tables()).containsExactlyInAnyOrder("kept", "pg_catalog.pg_largeobject");
        assertThat(taken.hash("kept")).isEqualTo(Taking.of(database, home).take().hash("kept"));
        assertThat(taken.excluded())
            .anyMatch(left -> left.startsWith("UNLOGGED TABLE") && left.contains("fleeting"))
            .anyMatch(left -> left.startsWith("UNLOGGED SEQUENCE"));
      } finally {
        stop(standby, data);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Process start(ServerBinaries binaries, Path data, int port) throws IOException {
    List<String> command = new ArrayList<>();
    if (Shell.run("id", "-u").check().out().strip().equals("0")) {
      // PostgreSQL refuses root; without a mapping this is root no longer, yet owns the files.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            binaries.folder().resolve("postgres").toString(),
            "-D",
            data.toString(),
            "-p",
            Integer.toString(port),
            "-h",
            "127.0.0.1",
            "-c",
            "unix_socket_directories="));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(data.resolveSibling("standby.log").toFile())
        .start();
  }

  private static void awaitReady(Path data) throws Exception {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    Path file = data.resolve("postmaster.pid");
    while (!Files.isReadable(file)
        || Files.readAllLines(file).size() < 8
        || !Files.readAllLines(file).get(7).startsWith("ready")) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(Files.readString(data.resolveSibling("standby.log")));
      }
      Thread.sleep(20);
    }
  }

  private static void stop(Process standby, Path data) throws Exception {
    Path file = data.resolve("postmaster.pid");
    if (Files.exists(file)) {
      Shell.run("kill", "-INT", Files.readAllLines(file).getFirst());
    }
    if (!standby.waitFor(20, TimeUnit.SECONDS)) {
      standby.descendants().forEach(ProcessHandle::destroyForcibly);
      standby.destroyForcibly().waitFor();
    }
  }
}
