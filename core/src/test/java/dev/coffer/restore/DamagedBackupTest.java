package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.ZstdInputStream;
import dev.coffer.error.CofferException;
import dev.coffer.error.ExitStatus;
import dev.coffer.progress.Progress;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.verify.Forgery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a backup that is not what was signed, nothing is restored: not even what is whole of it. */
final class DamagedBackupTest {
  private static final int PLACES = 70;

  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;
  private Path backup;
  private byte[] sound;

  @BeforeEach
  void create() throws IOException {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE TABLE item (id int PRIMARY KEY, word text);
        INSERT INTO item SELECT i, 'word ' || i FROM generate_series(1, 300) i;
        CREATE TABLE same (id int PRIMARY KEY, word text);
        INSERT INTO same SELECT i, 'other ' || i FROM generate_series(1, 300) i;
        """);
    scene = new Scene(database, home);
    backup = scene.backup();
    sound = Files.readAllBytes(backup);
    database.execute("DELETE FROM item WHERE id < 50");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private void requireRefused(byte[] bytes, String what) throws IOException {
    Files.write(backup, bytes);
    requireRefused(scene.confirmed(backup, Mode.EXACT), what);
    assertThat(database.value("SELECT count(*) FROM item")).as(what).isEqualTo("251");
  }

  private static void requireRefused(RestoreRequest request, String what) {
    CofferException refused =
        catchThrowableOfType(CofferException.class, () -> Restore.run(request, Progress.SILENT));
    assertThat(refused).as(what).isNotNull();
    assertThat(refused.code().exitStatus()).as(what).isEqualTo(ExitStatus.DAMAGED);
  }

  private long backups() throws IOException {
    try (Stream<Path> files = Files.list(backup.getParent())) {
      return files.count();
    }
  }

  @Test
  void aBitFlippedAnywhere() throws IOException {
    for (int i = 0; i < PLACES; i++) {
      byte[] bytes = sound.clone();
      int at = (int) ((long) (bytes.length - 1) * i / (PLACES - 1));
      bytes[at] ^= (byte) (1 << (i % 8));
      requireRefused(bytes, "byte " + at);
    }
    requireRefused(Arrays.copyOf(sound, sound.length - 1), "cut short");
    requireRefused(Arrays.copyOf(sound, sound.length + 1), "a byte too many");
    assertThat(backups()).isEqualTo(1);
  }

  private byte[] forged(String table, String from, String to) throws IOException {
    try (InputStream text = new ZstdInputStream(Files.newInputStream(backup)).setContinuous(true)) {
      Forgery forgery = new Forgery(text.readAllBytes());
      List<String> rows = forgery.table(table).chunks().getFirst();
      rows.replaceAll(row -> row.replace(from, to));
      return forgery.framed();
    }
  }

  @Test
  void aRowThatSomebodyChangedWithAnIndexThatFits() throws IOException {
    byte[] differing = forged("item", "word 77", "ward 77");
    byte[] equal = forged("same", "other 77", "ether 77");
    requireRefused(differing, "a chunk that differs from the database");
    requireRefused(equal, "a chunk that its hash says is equal to the database");
    Files.write(backup, equal);
    requireRefused(scene.plan(backup, Mode.EXACT), "a plan");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aRowThatSomebodyChangedLeavesAnEmptyDatabaseEmpty(int jobs) throws IOException {
    Files.write(backup, forged("same", "other 77", "ether 77"));
    database.execute("DROP TABLE item, same");
    Optional<String> confirmed = Optional.of(database.name());
    for (Optional<String> confirm : List.of(Optional.<String>empty(), confirmed)) {
      RestoreRequest request = scene.confirmed(backup, Mode.EXACT);
      requireRefused(
          new RestoreRequest(
              backup,
              request.live(),
              Mode.EXACT,
              List.of(),
              List.of(),
              request.identities(),
              false,
              confirm,
              List.of(),
              jobs),
          "into an empty database");
      assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 2200"))
          .isEqualTo("0");
    }
  }
}
