package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;
import dev.coffer.progress.Progress;
import dev.coffer.store.LocalStore;
import dev.coffer.store.PendingFile;
import dev.coffer.store.Store;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where backups go: whole files under their names, or nothing. */
final class TargetFolderTest {
  private static TestDatabase database;

  @TempDir Path home;

  @BeforeAll
  static void fill() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        "CREATE TABLE users (id int PRIMARY KEY, password text);"
            + " INSERT INTO users SELECT i, 'p' || i FROM generate_series(1, 6000) i");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @Test
  void filesLieWhereThePortalLooksForThem() {
    String stamp = "-backup-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d-\\d{3}Z";
    Taking taking = Taking.of(database, home);

    Taken comprehensive = taking.compressed().kind(BackupKind.COMPREHENSIVE).take();
    taking.take();

    assertThat(taking.files())
        .satisfiesExactly(
            file ->
                assertThat(file).matches("comprehensive/comprehensive" + stamp + "\\.json\\.zst"),
            file -> assertThat(file).matches("database/database" + stamp + "\\.json"));
    String timestamp = comprehensive.document().get("timestamp").stringValue();
    assertThat(comprehensive.result().file().toString())
        .contains(timestamp.replace(':', '-').replace('.', '-'));
  }

  @Test
  void aFileThatExistsIsNeverReplaced() throws IOException {
    Taking taking = Taking.of(database, home);
    List<Path> other = new ArrayList<>();

    CofferException failure =
        catchThrowableOfType(
            CofferException.class,
            () -> taking.take(new AtFirstRows(() -> other.add(takeTheName(taking)))));

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_EXISTS);
    assertThat(failure.fact()).contains(other.getFirst().toString());
    assertThat(other.getFirst()).hasContent("another's");
    assertThat(taking.files())
        .containsExactly(taking.root().relativize(other.getFirst()).toString());
  }

  @Test
  void ofTwoInOneMillisecondTheOtherTakesALaterSnapshot() throws IOException {
    Taking taking = Taking.of(database, home);
    LocalStore folder = LocalStore.at(taking.root());
    List<String> names = new ArrayList<>();
    Store busy =
        new Store() {
          @Override
          public PendingFile create(String name) throws IOException {
            names.add(name);
            if (names.size() == 1) {
              Path other = taking.root().resolve(name);
              Files.createDirectories(Objects.requireNonNull(other.getParent()));
              Files.writeString(other, "another's");
            }
            return folder.create(name);
          }

          @Override
          public int removeLeftovers() throws IOException {
            return folder.removeLeftovers();
          }
        };

    BackupResult result = Backups.take(taking.request(), busy, Progress.SILENT);

    assertThat(names).hasSize(2).doesNotHaveDuplicates();
    assertThat(result.file()).isEqualTo(taking.root().resolve(names.getLast()));
    assertThat(taking.root().resolve(names.getFirst())).hasContent("another's");
  }

  /** Writes a file under the name that the running backup will want. */
  private static Path takeTheName(Taking taking) throws IOException {
    String partial =
        taking.files().stream()
            .filter(file -> !file.contains(".scratch"))
            .findFirst()
            .orElseThrow();
    String name = Path.of(partial).getFileName().toString();
    return Files.writeString(
        taking.root().resolve("database").resolve(name.substring(1).replace(".partial", "")),
        "another's");
  }

  @Test
  void aFolderThatGoesAwayIsTold() {
    Taking taking = Taking.of(database, home);

    CofferException failure =
        catchThrowableOfType(
            CofferException.class,
            () ->
                taking.take(
                    new AtFirstRows(() -> {
                      for (String file : taking.files()) {
                        Files.delete(taking.root().resolve(file));
                      }
                      Files.delete(taking.root().resolve("database"));
                    })));

    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_MISSING);
    assertThat(taking.files()).isEmpty();
  }

  @Test
  void twoRunsInOneFolderDoNotDisturbEachOther() {
    Taking taking = Taking.of(database, home);
    List<Taken> inner = new ArrayList<>();

    Taken outer =
        taking.take(
            new AtFirstRows(() -> {
              inner.add(taking.take());
              // The first run's file is still locked for others, too.
              assertThat(lockedForOthers(taking)).isTrue();
            }));

    assertThat(taking.files()).hasSize(2);
    assertThat(outer.hash("users")).isEqualTo(inner.getFirst().hash("users"));
    assertThat(outer.result().notices()).noneMatch(notice -> notice.contains("killed run"));
    assertThat(inner.getFirst().result().notices())
        .noneMatch(notice -> notice.contains("killed run"));
  }

  /** Asks the system's table of locks, as opening the file here would release them. */
  private static boolean lockedForOthers(Taking taking) throws IOException {
    Path partial =
        taking.files().stream()
            .filter(file -> file.endsWith(".partial") && !file.contains(".scratch"))
            .map(taking.root()::resolve)
            .findFirst()
            .orElseThrow();
    String inode = ":" + Files.getAttribute(partial, "unix:ino") + " ";
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .anyMatch(lock -> lock.contains(inode) && lock.contains("WRITE"));
  }

  @Test
  void whatAKilledRunLeftIsRemovedAndSaid() throws IOException {
    Taking taking = Taking.of(database, home);
    Path folder = Files.createDirectories(taking.root().resolve("database"));
    Path left = folder.resolve(".database-backup-2026-01-25T14-30-45-123Z.json.partial");
    Files.writeString(left, "{");
    Files.writeString(folder.resolve(".other-file"), "kept");
    try (FileChannel open = FileChannel.open(left, StandardOpenOption.READ)) {
      assertThat(open.size()).isEqualTo(1);
    }

    BackupResult result = Backups.take(taking.request(), Progress.SILENT);

    assertThat(result.notices()).anyMatch(notice -> notice.startsWith("Removed 1 file(s)"));
    assertThat(taking.files())
        .isEqualTo(
            List.of("database/.other-file", taking.root().relativize(result.file()).toString()));
  }
}
