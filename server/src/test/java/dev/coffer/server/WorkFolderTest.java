package dev.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder that a server has for itself while it runs. */
class WorkFolderTest {
  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void choose() throws IOException {
    home = folder.resolve("not/made/yet");
    Files.createDirectory(folder.resolve("backups"));
  }

  private ServerSettings settings(int port, Optional<ConnectionSettings> both) {
    return new ServerSettings(
        "127.0.0.1",
        port,
        home,
        folder.resolve("backups"),
        both,
        Optional.empty(),
        both,
        Duration.ofMinutes(30),
        false,
        "test");
  }

  private ServerSettings settings() {
    return settings(0, Optional.empty());
  }

  private List<Path> work() throws IOException {
    try (Stream<Path> all = Files.list(home)) {
      return all.filter(each -> each.getFileName().toString().startsWith("coffer-scratch-"))
          .toList();
    }
  }

  @Test
  void itIsPrivateAndGoesWithTheServer() throws IOException {
    try (CofferServer server = CofferServer.start(settings())) {
      assertThat(server.port()).isPositive();
      assertThat(work()).hasSize(1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(work().getFirst())))
          .isEqualTo("rwx------");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
          .isEqualTo("rwx------");
    }
    assertThat(work()).isEmpty();
  }

  @Test
  void aStartThatFailsLeavesNoneAndTouchesNoOthers() throws IOException {
    try (CofferServer living = CofferServer.start(settings())) {
      List<Path> before = work();
      assertThat(failure(settings(living.port(), Optional.empty()))).isEqualTo(ErrorCode.USAGE);
      assertThat(work()).as("the port is taken").isEqualTo(before);
    }
    assertThat(work()).as("ended").isEmpty();
    ConnectionSettings database =
        ConnectionSettings.resolve(
            Optional.of("postgresql://reader@127.0.0.1:1/portal"), Map.of(), folder);
    assertThat(failure(settings(0, Optional.of(database)))).isEqualTo(ErrorCode.USAGE);
    assertThat(work()).as("the state would be in the protected database").isEmpty();
  }

  @Test
  void thatOfAKilledServerGoesWhenTheNextOneStarts() throws IOException {
    Path killed = home.resolve("coffer-scratch-1/.lock");
    Files.createDirectories(home.resolve("coffer-scratch-1/work/Tomcat"));
    Files.createFile(killed);
    try (CofferServer next = CofferServer.start(settings())) {
      assertThat(next.port()).isPositive();
      assertThat(killed).doesNotExist();
      assertThat(work()).hasSize(1).noneMatch(each -> each.endsWith("coffer-scratch-1"));
    }
  }

  @Test
  void aHomeThatCannotBeWrittenToIsSaid() throws IOException {
    Files.writeString(folder.resolve("not"), "a file");
    CofferException refused =
        catchThrowableOfType(CofferException.class, () -> CofferServer.start(settings()).close());
    assertThat(refused.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
    assertThat(refused.hint()).contains("COFFER_HOME");
  }

  private static ErrorCode failure(ServerSettings settings) {
    return catchThrowableOfType(CofferException.class, () -> CofferServer.start(settings).close())
        .code();
  }
}
