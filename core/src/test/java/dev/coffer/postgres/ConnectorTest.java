package dev.coffer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.ServerOptions;
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
import java.nio.file.Files;
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
    assertThat(failure.hint()).isEqualTo("No password was given: use PGPASSWORD or ~/.pgpass.");
  }

  @Test
  void tellsThatARoleMayNotLogIn() throws SQLException {
    String role = TestDatabase.uniqueName("group");
    try (Connection connection = settings(SERVER.url("postgres")).open("coffer test")) {
      execute(connection, "CREATE ROLE " + role + " NOLOGIN PASSWORD 'hunter2'");
      try {
        CofferException failure =
            failure("postgresql://" + role + ":hunter2@127.0.0.1:" + SERVER.port() + "/postgres");

        assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_AUTHENTICATION);
        assertThat(failure.fact()).endsWith(": role \"" + role + "\" is not permitted to log in");
        assertThat(failure.hint()).contains("ALTER ROLE \"" + role + "\" LOGIN");
      } finally {
        execute(connection, "DROP ROLE " + role);
      }
    }
  }

  @Test
  void tellsWhomAServerThatAsksForNoPasswordDoesNotLetIn() throws IOException {
    Path rules = home.resolve("pg_hba.conf");
    Files.writeString(
        rules,
        "local all all trust\nhost postgres all 127.0.0.1/32 trust\n",
        StandardCharsets.UTF_8);
    try (EmbeddedServer server =
        EmbeddedServer.start(
            Servers.distribution(),
            ServerOptions.defaults().withoutFsync().with("hba_file = '" + rules + "'"))) {
      String start = "postgresql://no_such_role@127.0.0.1:" + server.port() + "/";

      CofferException role = failure(start + "postgres");
      assertThat(role.code()).isEqualTo(ErrorCode.DATABASE_AUTHENTICATION);
      assertThat(role.fact()).endsWith(": role \"no_such_role\" does not exist");
      assertThat(role.hint()).contains("CREATE ROLE").doesNotContain("password");

      CofferException rule = failure(start + "template1");
      assertThat(rule.code()).isEqualTo(ErrorCode.DATABASE_AUTHENTICATION);
      assertThat(rule.fact()).contains("no pg_hba.conf entry");
      assertThat(rule.hint()).contains("pg_hba.conf").doesNotContain("password");
    }
  }

  @Test
  void tellsThatADatabaseIsUnknown() {
    CofferException failure = failure(SERVER.url("no such database"));

    assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNKNOWN);
    assertThat(failure.fact()).contains("\"no such database\"");
  }

  @Test
  void tellsThatTheServerOffersNoEncryption() {
    String place = "127.0.0.1:" + SERVER.port() + "/postgres?sslmode=";
    for (String user : new String[] {"postgres", "postgres:" + SERVER.password()}) {
      for (String mode : new String[] {"require", "verify-full"}) {
        CofferException failure = failure("postgresql://" + user + "@" + place + mode);

        assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE);
        assertThat(failure.fact())
            .endsWith(" does not support SSL, but sslmode=" + mode + " requires it");
        assertThat(failure.hint()).contains("ssl = on", "sslmode=prefer");
      }
    }
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
