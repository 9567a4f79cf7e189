package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.progress.Progress;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.Shell;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the database: backups taken by a process with a small heap. */
final class SmallHeapTest {
  @TempDir Path home;

  /** The child process. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      Taking taking = Taking.of(arguments[0], Path.of(arguments[1])).compressed();
      BackupResult result = Backups.take(taking.request(), Progress.SILENT);
      System.out.println(result.info().totalRecords().orElseThrow());
      VerifyOptions options = new VerifyOptions(List.of(), taking.keys().trustedSigners(), 2);
      System.out.println(
          Verifier.verify(result.file(), options, Progress.SILENT).findings().size());
      System.out.println(result.file());
    }
  }

  @Test
  void aTableOfSixHundredMegabytesNeedsNoMoreThanASmallOne() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          """
          CREATE UNLOGGED TABLE large WITH (autovacuum_enabled = off) AS
          SELECT i AS id, repeat('some text of a row that repeats itself ', 48) AS note
          FROM generate_series(1, 320000) i
          """);
      assertThat(recordsTaken(database, "-Xmx96m")).isEqualTo(320_000);
    }
  }

  @Test
  void rowsOfTwentyMegabytesInEveryTableAtOnceFit() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      for (int i = 0; i < 4; i++) {
        database.execute(
            "CREATE TABLE wide%d AS SELECT n, repeat('twenty bytes of text', 1000000) AS note"
                    .formatted(i)
                + " FROM generate_series(1, 3) n");
      }
      assertThat(recordsTaken(database, "-Xmx160m")).isEqualTo(12);
    }
  }

  /** What the launcher's memory takes in, it also reads again. */
  @Test
  void aRowOfFortyMegabytesIsReadWithTheMemoryThatTookIt() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(
          "CREATE TABLE wide AS SELECT repeat('twenty bytes of text', 1900000) AS note");
      assertThat(recordsTaken(database, "-Xmx176m", "-Xmn96m")).isEqualTo(1);
    }
  }

  private long recordsTaken(TestDatabase database, String... heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of(heap));
    command.addAll(
        List.of(
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            database.url(),
            home.toString()));
    List<String> said = Shell.run(command, Map.of(), "").check().out().lines().toList();
    Taken.requireSound(Path.of(said.getLast()), Taking.of(database, home).keys());
    assertThat(said.get(1)).as("findings").isEqualTo("0");
    return Long.parseLong(said.getFirst());
  }
}
