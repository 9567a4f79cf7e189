package dev.coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.error.ExitStatus;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or may not be written to: mounted where only the command sees them. */
final class UnwritableTargetTest {
  private static final String LIST =
      "; status=$?; find \"$HOME/backups\" -type f >&2; exit $status";

  private static TestDatabase database;

  @TempDir Path home;

  @BeforeAll
  static void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE customer (id int PRIMARY KEY, password text, note text);
        INSERT INTO customer SELECT i, 'planted-secret' || i, 'planted-note' || gen_random_uuid()
          || gen_random_uuid() || gen_random_uuid() || gen_random_uuid()
        FROM generate_series(1, 30000) i
        """);
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private Run backup(String script, String... more) throws InterruptedException {
    String[] arguments = new String[more.length + 5];
    System.arraycopy(
        new String[] {"backup", "--database", database.url(), "--kind", "database"},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    Run run = Child.within(home, script + LIST, arguments).end();
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err())
        .contains("HINT: ")
        .doesNotContain("planted")
        .doesNotContain(home.resolve("backups").resolve("database") + "/.")
        .doesNotContain(".partial");
    return run;
  }

  @Test
  void aDiskThatFillsUpAmongTheRows() throws InterruptedException {
    Run run = backup("mount -t tmpfs -o size=1m none \"$HOME/backups\"; \"$@\"");

    assertThat(run.err()).contains("[TARGET_FULL]");
  }

  @Test
  void aDiskThatIsFullBefore() throws InterruptedException {
    Run run =
        backup(
            "mount -t tmpfs -o size=64k none \"$HOME/backups\";"
                + " cat /dev/zero >\"$HOME/backups/zeros\" 2>/dev/null; \"$@\"");

    assertThat(run.err()).contains("[TARGET_FULL]").contains("backups/zeros");
  }

  @Test
  void aLimitOnTheSizeOfFiles() throws InterruptedException {
    Run run = backup("ulimit -f 8192; \"$@\"", "--compression", "none");

    assertThat(run.err()).contains("[TARGET_FULL]");
  }

  @Test
  void aDiskThatIsMountedForReading() throws InterruptedException {
    Run run = backup("mount -t tmpfs -o ro none \"$HOME/backups\"; \"$@\"");

    assertThat(run.err()).contains("[TARGET_UNWRITABLE]");
  }

  @Test
  void aFileInPlaceOfTheFolder() throws IOException, InterruptedException {
    Path file = Files.writeString(home.resolve("file"), "x");
    Run run = backup("\"$@\"", "--to", file.toString());

    assertThat(run.err()).contains("[TARGET_").contains(file.toString());
    assertThat(file).hasContent("x");
  }

  @Test
  void aFileInPlaceOfTheKindsFolder() throws IOException, InterruptedException {
    Files.createDirectories(home.resolve("backups"));
    Path file = Files.writeString(home.resolve("backups/database"), "x");
    Run run = backup("\"$@\"");

    assertThat(run.err()).contains("[TARGET_UNWRITABLE]", "not a folder: " + file);
    assertThat(file).hasContent("x");
  }
}
