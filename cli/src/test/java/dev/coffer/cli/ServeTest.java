package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code coffer serve}, as far as its first page. */
final class ServeTest {
  @TempDir Path home;

  @Test
  void greetsWithTheAddressAndTheFirstPassword() {
    Run serve =
        Run.coffer(
            home,
            Map.of("DATABASE_URL", "postgresql://reader:secret@db.example/portal"),
            "serve",
            "--once",
            "--port",
            "0");

    assertThat(serve.status()).as(serve.err()).isEqualTo(ExitStatus.DONE);
    assertThat(serve.out())
        .contains("Coffer is at http://127.0.0.1:", "reader@db.example:5432/portal")
        .containsPattern("Password +([a-z2-9]{5}-){4}[a-z2-9]{5}")
        .doesNotContain("secret");
    assertThat(home.resolve(".coffer/state")).isDirectory();
  }

  @Test
  void saysWhatIsWrongWithAPort() throws IOException {
    assertThat(Run.coffer(home, "serve", "--port", "70000").status()).isEqualTo(ExitStatus.USAGE);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Run serve =
          Run.coffer(home, "serve", "--once", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(serve.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(serve.err()).contains("another program listens at port " + taken.getLocalPort());
    }
  }

  @Test
  void theStateIsNeverInTheProtectedDatabase() {
    String url = "postgresql://reader@db.example/portal";
    Run serve =
        Run.coffer(
            home,
            Map.of("DATABASE_URL", url, "COFFER_STATE_URL", url),
            "serve",
            "--once",
            "--port",
            "0");

    assertThat(serve.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(serve.err()).contains("names the database that is protected");
  }
}
