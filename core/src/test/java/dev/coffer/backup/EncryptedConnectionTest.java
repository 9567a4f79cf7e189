package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerOptions;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS all rows arrive, and a run that waits for the server's answer can be cancelled. */
final class EncryptedConnectionTest {
  private static final int ROWS = 5_000;

  @TempDir Path home;

  @Test
  void rowsArriveAndWaitingEnds() throws Exception {
    try (EmbeddedServer server =
            EmbeddedServer.start(Servers.distribution(), ServerOptions.defaults().withoutFsync());
        TestDatabase database = TestDatabase.create(server)) {
      encrypt(database);
      database.execute(
          "CREATE TABLE t (id int PRIMARY KEY, t text); INSERT INTO t SELECT i,"
              + " repeat(md5(i::text), 20) FROM generate_series(1, "
              + ROWS
              + ") i");
      Taking taking = Taking.of(database.url() + "?sslmode=require", home);

      assertThat(taking.take().rows("t")).hasSize(ROWS);

      List<String> files = taking.files();
      assertThat(cancelled(taking, database).code()).isEqualTo(ErrorCode.INTERRUPTED);
      assertThat(taking.files()).isEqualTo(files);
    }
  }

  /** The server writes the files, which have to be its own. */
  private void encrypt(TestDatabase database) throws IOException {
    Path key = home.resolve("key.pem");
    Path certificate = home.resolve("certificate.pem");
    Shell.run(
            List.of(
                "openssl",
                "req",
                "-new",
                "-x509",
                "-nodes",
                "-subj",
                "/CN=localhost",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()),
            Map.of(),
            "")
        .check();
    write(database, key, "server.key");
    write(database, certificate, "server.crt");
    database.execute("ALTER SYSTEM SET ssl = on");
    database.execute("SELECT pg_reload_conf()");
    Waiting.until("encryption", () -> database.value("SHOW ssl").equals("on"));
  }

  private static void write(TestDatabase database, Path file, String name) throws IOException {
    database.execute(
        "COPY (SELECT unnest(string_to_array('"
            + Files.readString(file).strip()
            + "', E'\\n'))) TO PROGRAM 'umask 077 && cat > "
            + name
            + "'");
  }

  /** Interrupts a run whose session, an encrypted one, waits for a lock. */
  private static CofferException cancelled(Taking taking, TestDatabase database) throws Exception {
    Thread testing = Thread.currentThread();
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE t");
      Thread canceller =
          Thread.ofPlatform()
              .start(() -> {
                Waiting.until(
                    "an encrypted session that waits for the lock",
                    () ->
                        !database
                            .value(
                                "SELECT count(*) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)"
                                    + " WHERE ssl AND wait_event_type = 'Lock'"
                                    + " AND application_name LIKE 'coffer%'"
                                    + " AND datname = current_database()")
                            .equals("0"));
                testing.interrupt();
              });
      CofferException told = catchThrowableOfType(CofferException.class, taking::take);
      assertThat(Thread.interrupted()).isTrue();
      canceller.join();
      other.rollback();
      return told;
    }
  }
}
