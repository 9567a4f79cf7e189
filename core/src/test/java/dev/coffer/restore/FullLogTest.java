package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.restore.Victim.Task;
import dev.coffer.restore.journal.Journal;
import dev.coffer.restore.journal.JournalEntry;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.SmallDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose log has no room left in the middle of a restore: it stops at once, with all that
 * it does, and when there is room and it has started again, nothing was changed.
 */
final class FullLogTest {
  /** What is written before the restore, and then some. */
  private static final String DISK = "96m";

  /** Megabytes that are left for a restore, which writes more than ten. */
  private static final int FREE = 4;

  @TempDir Path home;
  @TempDir Path work;
  private SmallDisk disk;
  private SmallShop shop;

  @BeforeEach
  void fill() {
    disk = SmallDisk.startWithLog(Servers.distribution(), work, DISK);
    shop = new SmallShop(disk, home, "STRATEGY file_copy");
  }

  @AfterEach
  void stop() {
    disk.close();
  }

  /** Whichever of the server's processes needs the room first ends all others. */
  private void requireStopped(Task task) {
    CofferException told =
        catchThrowableOfType(CofferException.class, () -> Victim.run(task, Progress.SILENT));

    assertThat(told.code()).isIn(ErrorCode.TARGET_FULL, ErrorCode.DATABASE_LOST);
    assertThat(told.hint())
        .containsAnyOf("Make room on the server", "Look into the server's log, then run it again");
    assertThat(Journal.in(home).list().entries())
        .noneMatch(entry -> entry.state() == JournalEntry.State.DONE);
    disk.startAgain();
  }

  @Test
  void inPlace() {
    shop.damage();
    disk.execute("shop", "INSERT INTO item VALUES (9999, 'late')");
    disk.fillLog(FREE);

    requireStopped(shop.restore("shop", 1));

    assertThat(disk.values("shop", SmallShop.ROWS)).containsExactly("(9999,late)");
    Outcome next = Victim.run(shop.restore("shop", 1), Progress.SILENT);
    assertThat(next.applied()).isTrue();
    assertThat(disk.values("shop", "SELECT count(*) FROM item")).containsExactly("4800");
    assertThat(Journal.in(home).list().entries())
        .extracting(JournalEntry::id)
        .isEqualTo(List.of(next.restoreId().orElseThrow()));
    disk.execute("shop", "CHECKPOINT");
    Undo.run(
        new UndoRequest(
            next.restoreId().orElseThrow(),
            Victim.live(home, disk.url("shop")),
            List.of(),
            false,
            Optional.of("shop")),
        Progress.SILENT);
    assertThat(disk.values("shop", "SELECT id FROM item")).containsExactly("9999");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void intoAnEmptyDatabase(int jobs) {
    shop.create("fresh");
    disk.fillLog(FREE);

    requireStopped(shop.restore("fresh", jobs));

    List<String> left =
        disk.values(
            "fresh",
            "SELECT relname FROM pg_class WHERE oid >= 16384 AND relkind = 'r'"
                + " AND relnamespace <> 'coffer_restore_in_progress'::regnamespace"
                    .repeat(jobs - 1));
    assertThat(left).hasSizeLessThan(jobs == 1 ? 1 : 3);
    Outcome next = Victim.run(shop.restore("fresh", jobs), Progress.SILENT);
    assertThat(next.applied()).isTrue();
    assertThat(next.rebuilt().orElseThrow().notices().toString().contains("had been killed"))
        .isEqualTo(jobs > 1);
    assertThat(disk.values("fresh", "SELECT count(*) FROM item")).containsExactly("4800");
    assertThat(Journal.in(home).list().entries())
        .extracting(JournalEntry::state)
        .containsExactly(JournalEntry.State.DONE);
  }
}
