package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @TempDir Path home;
  @TempDir Path work;
  private SmallDisk disk;
  private SmallShop shop;

  @BeforeEach
  void fill() {
    disk = SmallDisk.start(Servers.distribution(), work, DISK);
    shop = new SmallShop(disk, home, "TABLESPACE " + SmallDisk.SPACE);
  }

  @AfterEach
  void stop() {
    disk.close();
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
    assertThat(files()).containsExactly(shop.backup().getFileName().toString());
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
    shop.damage();
    shop.create("ballast");
    disk.fill("ballast", FREE);
    disk.execute("shop", "INSERT INTO item VALUES (9999, 'late')");

    requireFull(shop.restore("shop", 1));

    assertThat(disk.values("shop", SmallShop.ROWS)).containsExactly("(9999,late)");
    disk.execute("postgres", "DROP DATABASE ballast");
    Outcome next = Victim.run(shop.restore("shop", 1), Progress.SILENT);
    assertThat(next.notices()).isEmpty();
    assertThat(disk.values("shop", "SELECT count(*) FROM item")).containsExactly("4800");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void intoAnEmptyDatabase(int jobs) {
    shop.create("fresh");
    shop.create("ballast");
    disk.fill("ballast", FREE);

    requireFull(shop.restore("fresh", jobs));

    assertThat(
            disk.values(
                "fresh",
                "SELECT relname FROM pg_class WHERE oid >= 16384 AND relnamespace <> 'pg_toast'::regnamespace"))
        .isEmpty();
    disk.execute("postgres", "DROP DATABASE ballast");
    Outcome next = Victim.run(shop.restore("fresh", jobs), Progress.SILENT);
    assertThat(next.applied()).isTrue();
    assertThat(disk.values("fresh", "SELECT count(*) FROM item")).containsExactly("4800");
  }
}
