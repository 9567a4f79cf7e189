package dev.coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.archive.Compression;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.Inventory;
import dev.coffer.progress.Progress;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.store.LocalStore;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import dev.coffer.verify.SmallBackup;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The disk fails at each call in turn: there is a whole backup, or an error and none. */
class FailingDiskTest {
  private static final int MOST_CALLS = 500;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFailureAtAnyCallLeavesNothing(boolean encrypted) throws IOException {
    KeyHome keys = KeyHome.at(folder.resolve("home"));
    keys.generate();
    List<Recipient> encryptTo = encrypted ? keys.recipients() : List.of();
    Path root = Files.createDirectory(folder.resolve("backups"));
    int failures = 0;
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      SmallBackup.fill(database);
      BackupRequest request = request(database, root, keys, encryptTo);
      for (int call = 1; call < MOST_CALLS; call++) {
        FaultyStore store = new FaultyStore(LocalStore.at(root), call);
        try {
          Path file = Backups.take(request, store, Progress.SILENT).file();
          VerifyOptions options = new VerifyOptions(keys.identities(), keys.trustedSigners(), 1);
          assertThat(Verifier.verify(file, options, Progress.SILENT).findings()).isEmpty();
          Files.delete(file);
          if (store.calls() < call) {
            break;
          }
        } catch (CofferException told) {
          failures++;
          assertThat(told.code()).isEqualTo(ErrorCode.TARGET_UNWRITABLE);
          assertThat(Inventory.list(root)).as("after call %d failed", call).isEmpty();
        }
        assertThat(files(root)).as("after call %d failed", call).isEmpty();
      }
    }
    assertThat(failures).isBetween(8, MOST_CALLS - 2);
  }

  private static BackupRequest request(
      TestDatabase database, Path root, KeyHome keys, List<Recipient> encryptTo) {
    BackupRequest plain = SmallBackup.request(database, root, keys);
    return new BackupRequest(
        plain.database(),
        plain.kind(),
        plain.reason(),
        plain.createdBy(),
        root,
        Compression.NONE,
        plain.profiles(),
        keys,
        encryptTo,
        1,
        plain.cofferVersion());
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Frames, whatever was asked for: a file that is encrypted cannot be read from its end. */
  @Test
  void anEncryptedBackupIsAlwaysInFrames() throws IOException {
    KeyHome keys = KeyHome.at(folder.resolve("home"));
    keys.generate();
    Path root = Files.createDirectory(folder.resolve("backups"));
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute("CREATE TABLE words (word text)");
      Path file =
          Backups.take(request(database, root, keys, keys.recipients()), Progress.SILENT).file();
      assertThat(file.toString()).endsWith(".json.zst.age");
      assertThat(Inventory.info(file, keys.identities()).tables()).containsOnlyKeys("words");
    }
  }
}
