package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.backup.Backups;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Victim.Task;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.SmallDisk;
import dev.coffer.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose disk is full in the middle of a restore: nothing is changed or left behind. */
final class FullDiskTest {
  /** A database takes 7 MB of the disk, the rows 10, and as much again to be staged. */
  private static final String DISK = "48m";

  /** Megabytes that are left when a restore begins. */
  private static final int FREE = 3;

  private static final String TABLES =
      """
      CREATE TABLE item (id int PRIMARY KEY, t text);
      CREATE TABLE other (id int PRIMARY KEY, item int REFERENCES item);
      ALTER TABLE item ALTER t SET STORAGE PLAIN;
      INSERT INTO item SELECT i, (SELECT string_agg(md5((i * j)::text), '') FROM generate_series(1, 60) j)
        FROM generate_series(1, 4800) i;
      INSERT INTO other VALUES (1, 1);
      """;

  @TempDir Path home;
  @TempDir Path work;
  private SmallDisk disk;
  private Path backup;

  @BeforeEach
  void fill() {
    disk = SmallDisk.start(Servers.distribution(), work, DISK);
    create("shop");
    disk.execute("shop", TABLES);
    backup = Backups.take(Victim.live(home, disk.url("shop")), Progress.SILENT).file();
  }

  @AfterEach
  void stop() {
    disk.close();
  }

  private void create(String name) {
    disk.execute(
        "postgres",
        "CREATE DATABASE " + name + " TEMPLATE template0 TABLESPACE " + SmallDisk.SPACE);
  }

  private Task restore(String database, int jobs) {
    return new Task(Task.RESTORE, home, disk.url(database), database, backup.toString(), jobs);
  }

  private void requireFull(Task task) {
    assertThatThrownBy(() -> Victim.run(task, Progress.SILENT))
        .isInstanceOfSatisfying(
            CofferException.class,
            full -> {
              assertThat(full.code()).isEqualTo(ErrorCode.TARGET_FULL);
              assertThat(full.fact()).contains("the server's disk is full");
              assertThat(full.hint()).contains("Make room on the server");
            });
    assertThat(files()).containsExactly(backup.getFileName().toString());
    Waiting.until(
        "the end of all sessions",
        () ->
            disk.values(
                    "postgres",
                    "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'coffer%'")
                .isEmpty());
  }

  /** The backups, and what a journal holds. */
  private List<String> files() {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(home.resolve("coffer")))
          .map(file -> file.getFileName().toString())
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void inPlace() {
    String state = "SELECT i::text FROM item i UNION ALL SELECT o::text FROM other o";
    disk.execute("shop", "DELETE FROM other; DELETE FROM item");
    disk.execute("shop", "VACUUM item");
    create("ballast");
    disk.fill("ballast", FREE);
    disk.execute("shop", "INSERT INTO item VALUES (9999, 'late')");

    requireFull(restore("shop", 1));

    assertThat(disk.values("shop", state)).containsExactly("(9999,late)");
    disk.execute("postgres", "DROP DATABASE ballast");
    Outcome next = Victim.run(restore("shop", 1), Progress.SILENT);
    assertThat(next.notices()).isEmpty();
    assertThat(disk.values("shop", "SELECT count(*) FROM item")).containsExactly("4800");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void intoAnEmptyDatabase(int jobs) {
    create("fresh");
    create("ballast");
    disk.fill("ballast", FREE);

    requireFull(restore("fresh", jobs));

    assertThat(
            disk.values(
                "fresh",
                "SELECT relname FROM pg_class WHERE oid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace"))
        .isEmpty();
    disk.execute("postgres", "DROP DATABASE ballast");
    Outcome next = Victim.run(restore("fresh", jobs), Progress.SILENT);
    assertThat(next.applied()).isTrue();
    assertThat(disk.values("fresh", "SELECT count(*) FROM item")).containsExactly("4800");
  }
}
