package dev.coffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

final class ConnectorTest {
  private static final EmbeddedServer SERVER = Servers.debian15();

  @TempDir Path home;

  @Test
  void connectsByUrl() throws SQLException {
    try (Connection connection = settings(SERVER.url("postgres")).open("coffer test")) {
      assertThat(value(connection, "SELECT current_setting('application_name')"))
          .isEqualTo("coffer test");
      assertThat(ServerVersion.of(connection).supported().major()).isEqualTo(15);
    }
  }

  @Test
  void asksAfterAMinuteWhetherTheOtherSideIsThere() throws IOException {
    try (Socket socket = new KeepAliveSocketFactory().createSocket()) {
      assertThat(socket.isConnected()).isFalse();
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(60);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(15);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(4);
    }
  }

  @Test
  void movesManyBytesBothWaysThroughASocket() throws SQLException, IOException {
    String row = "x".repeat(1000) + "\n";
    try (TestDatabase database = TestDatabase.create(SERVER);
        Connection connection = bySocket(database.name()).open("coffer test")) {
      assertThat(value(connection, "SELECT coalesce(inet_client_addr()::text, 'socket')"))
          .isEqualTo("socket");
      execute(connection, "CREATE TABLE wide (line text)");
      byte[] rows = row.repeat(20_000).getBytes(StandardCharsets.UTF_8);
      long written =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyIn("COPY wide FROM STDIN", new ByteArrayInputStream(rows), 1 << 16);
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY wide TO STDOUT", read);

      assertThat(written).isEqualTo(20_000);
      assertThat(read.toByteArray()).isEqualTo(rows);
    }
  }

  @Test
  void cancelsThroughASocket() throws Exception {
    try (Connection connection = bySocket("postgres").open("coffer test");
        Statement statement = connection.createStatement()) {
      Thread canceller = Thread.ofPlatform().start(() -> cancelSoon(statement));
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> statement.execute("SELECT pg_sleep(30)"));
      canceller.join();

      assertThat(failure.getSQLState()).isEqualTo("57014");
    }
  }

  private static void cancelSoon(Statement statement) {
    try {
      Thread.sleep(300);
      statement.cancel();
    } catch (InterruptedException | SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void tellsThatNothingAnswers() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }

    CofferException failure = failure("postgresql://u:hunter2@127.0.0.1:" + closed + "/d");

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
    assertThat(failure.fact()).contains("127.0.0.1:" + closed);
    assertThat(failure.hint()).contains("listen_addresses");
  }

  @Test
  void tellsThatAHostIsUnknown() {
    CofferException failure = failure("postgresql://u@no-such-host.invalid/d");

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
    assertThat(failure.fact()).contains("no-such-host.invalid", "unknown");
  }

  @Test
  void givesUpOnAServerThatAcceptsAndSaysNothing() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CofferException failure =
          failure("postgresql://u@127.0.0.1:" + mute.getLocalPort() + "/d?connect_timeout=1");

      assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
      assertThat(failure.fact()).contains("within 1 s");
    }
  }

  @Test
  void tellsThatASocketIsMissing() {
    CofferException failure = failure("postgresql:///d?user=u&host=" + home);

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
    assertThat(failure.fact()).contains(home + "/.s.PGSQL.5432");
  }

  @Test
  void tellsThatAPasswordIsWrongWithoutShowingIt() {
    CofferException failure =
        failure("postgresql://postgres:hunter2@127.0.0.1:" + SERVER.port() + "/postgres");

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_AUTHENTICATION);
    assertThat(failure.fact()).contains("\"postgres\"");
    assertThat(failure).hasMessageNotContaining("hunter2");
  }

  @Test
  void tellsThatAPasswordIsMissing() {
    CofferException failure =
        failure("postgresql://postgres@127.0.0.1:" + SERVER.port() + "/postgres");

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_AUTHENTICATION);
    assertThat(failure.hint()).contains("No password was given", "PGPASSWORD");
  }

  @Test
  void tellsThatADatabaseIsUnknown() {
    CofferException failure = failure(SERVER.url("no such database"));

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNKNOWN);
    assertThat(failure.fact()).contains("\"no such database\"");
  }

  @Test
  void tellsThatTheServerOffersNoEncryption() {
    CofferException failure = failure(SERVER.url("postgres") + "?sslmode=require");

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
    assertThat(failure.fact()).contains("sslmode=require");
  }

  @Test
  void refusesPostgreSqlBefore13() {
    ServerVersion old = new ServerVersion(120_022, "12.22");

    CofferException failure = catchThrowableOfType(CofferException.class, old::supported);

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_VERSION);
    assertThat(failure.fact()).contains("12.22");
  }

  @Test
  void tellsWhyAStatementFailedWithoutQuotingRows() throws SQLException {
    try (TestDatabase database = TestDatabase.create(SERVER);
        Connection connection = settings(database.url()).open("coffer test")) {
      execute(connection, "CREATE TABLE t (v text UNIQUE); INSERT INTO t VALUES ('a row value')");

      assertThat(translated(connection, "SELECT * FROM missing"))
          .satisfies(told -> assertThat(told.code()).isEqualTo(ErrorCode.DATABASE_CHANGED))
          .satisfies(told -> assertThat(told.fact()).contains("missing"));
      for (String sql :
          new String[] {"SELECT v::int FROM t", "INSERT INTO t VALUES ('a row value')"}) {
        CofferException told = translated(connection, sql);
        assertThat(told.code()).isEqualTo(ErrorCode.DATABASE_FAILED);
        assertThat(told).hasMessageNotContaining("a row value");
      }
      CofferException lost =
          translated(connection, "SELECT pg_terminate_backend(pg_backend_pid())");
      assertThat(lost.code()).isEqualTo(ErrorCode.DATABASE_LOST);
    }
  }

  private static CofferException translated(Connection connection, String sql) {
    SQLException failure = catchThrowableOfType(SQLException.class, () -> execute(connection, sql));
    return SqlErrors.translate(failure, "cannot run it");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private CofferException failure(String text) {
    return catchThrowableOfType(CofferException.class, () -> settings(text).open("coffer test"));
  }

  private ConnectionSettings bySocket(String database) {
    return settings(
        "host=%s port=%d user=%s password=%s dbname=%s"
            .formatted(
                SERVER.socketFolder(), SERVER.port(), SERVER.user(), SERVER.password(), database));
  }

  private ConnectionSettings settings(String text) {
    return ConnectionSettings.resolve(Optional.of(text), Map.of(), home);
  }
}
