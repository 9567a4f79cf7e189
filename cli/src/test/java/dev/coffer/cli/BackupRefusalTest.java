package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupRefusalTest {
  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\u0007b", "two\nlines", "\u202eabc"})
  void refusesAReasonThatSaysNothingOrHidesSomething(String reason) {
    Run run = Run.coffer(home, "backup", "--database", "postgresql://h/d", "--reason", reason);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("[REASON_INVALID]", "HINT: ");
    assertThat(home.resolve("backups")).isEmptyDirectory();
    assertThat(home.resolve(".coffer")).doesNotExist();
  }

  @Test
  void refusesAReasonOfTenThousandCharacters() {
    Run run = Run.coffer(home, "backup", "--reason", "x".repeat(10_000), "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.json().get("code").stringValue()).isEqualTo("REASON_INVALID");
    assertThat(run.out().length()).isLessThan(1000);
  }

  @Test
  void anUnreachableServerIsToldWithoutThePassword() throws IOException {
    String url = "postgresql://anna:hunter2@127.0.0.1:" + closedPort() + "/d";
    Run run = Run.coffer(home, "backup", "--database", url, "--reason", "test", "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.DATABASE);
    assertThat(run.json().get("code").stringValue()).isEqualTo("DATABASE_UNREACHABLE");
    assertThat(run.out() + run.err()).doesNotContain("hunter2");
  }

  @Test
  void aWrongPasswordIsToldWithoutIt() {
    String url =
        "postgresql://postgres:hunter2@127.0.0.1:" + Servers.debian15().port() + "/postgres";
    Run run = Run.coffer(home, "backup", "--database", url, "--reason", "test");

    assertThat(run.status()).isEqualTo(ExitStatus.DATABASE);
    assertThat(run.err()).contains("[DATABASE_AUTHENTICATION]", "HINT: ").doesNotContain("hunter2");
    assertThat(home.resolve("backups")).isEmptyDirectory();
  }

  @Test
  void anUnknownDatabaseIsTold() {
    Run run =
        Run.coffer(home, "backup", "-d", Servers.debian15().url("no such one"), "--reason", "test");

    assertThat(run.status()).isEqualTo(ExitStatus.DATABASE);
    assertThat(run.err()).contains("[DATABASE_UNKNOWN]", "\"no such one\"", "HINT: ");
    assertThat(home.resolve("backups")).isEmptyDirectory();
  }

  @Test
  void databaseUrlIsUsedAndTheOptionWins() throws IOException {
    int port = closedPort();
    Map<String, String> variables = Map.of("DATABASE_URL", "postgresql://u@127.0.0.1:" + port);
    String other = "postgresql://u@no-such-host.invalid/d";

    assertThat(Run.coffer(home, variables, "backup", "--reason", "test").err())
        .contains("127.0.0.1:" + port);
    assertThat(Run.coffer(home, variables, "backup", "--reason", "test", "-d", other).err())
        .contains("no-such-host.invalid");
  }

  @Test
  void aConnectionStringThatCannotBeReadIsNotRepeated() {
    Run run = Run.coffer(home, "backup", "--reason", "test", "-d", "mysql://u:hunter2@h/d");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("[USAGE]").doesNotContain("hunter2");
  }

  @Test
  void refusesARecipientThatIsNone() {
    Run run =
        Run.coffer(
            home, "backup", "--reason", "test", "-d", "postgresql://h/d", "--encrypt-to", "me");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("[KEY_INVALID]");
  }

  @Test
  void aFolderThatWasNamedIsNotCreated() {
    Path missing = home.resolve("not-mounted");
    String[] start = {"backup", "--reason", "test", "-d", "postgresql://h/d"};
    Map<String, String> variables = Map.of("COFFER_BACKUPS", missing.toString());

    Run run = Run.coffer(home, variables, start);

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err()).contains("[TARGET_MISSING]", missing.toString());
    assertThat(missing).doesNotExist();
  }

  @Test
  void aLockIsWaitedForAsLongAsIsSaid() throws SQLException {
    try (TestDatabase database = TestDatabase.create(Servers.debian15());
        Connection other = database.connect();
        Statement statement = other.createStatement()) {
      database.execute("CREATE TABLE held (id int)");
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE held");
      String[] start = {"backup", "--reason", "test", "-d", database.url(), "--lock-timeout"};

      Run run = Run.coffer(home, with(start, "1"));
      Run never = Run.coffer(home, with(start, "-1"));

      assertThat(run.status()).isEqualTo(ExitStatus.DATABASE);
      assertThat(run.err()).contains("[DATABASE_LOCKED]", "--lock-timeout");
      assertThat(never.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(never.err()).contains("--lock-timeout is -1");
      other.rollback();
    }
  }

  private static String[] with(String[] start, String end) {
    return Stream.concat(Stream.of(start), Stream.of(end)).toArray(String[]::new);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
