package dev.coffer.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.BackupInfo;
import dev.coffer.seal.KeyHome;
import dev.coffer.verify.SmallBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered of a folder is what is in it. */
class KeptInventoryTest {
  private static final String NAME = "comprehensive-backup-2026-01-25T14-30-45-001Z.json.zst";

  @TempDir Path folder;

  @Test
  void aFileIsReadAgainOnlyWhenItChanged() throws IOException {
    Path file = Files.write(folder.resolve(NAME), SmallBackup.get().framed());
    KeptInventory inventory = new KeptInventory(folder, KeyHome.at(folder.resolve("home")));

    BackupInfo first = inventory.list().getFirst();
    assertThat(first.database()).isEqualTo(Inventory.list(folder).getFirst().database());
    assertThat(inventory.list()).singleElement().isSameAs(first);

    FileTime before = Files.getLastModifiedTime(file);
    byte[] damaged = SmallBackup.get().framed();
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);
    Files.setLastModifiedTime(file, before);
    assertThat(inventory.list())
        .singleElement()
        .extracting(BackupInfo::state)
        .isEqualTo(BackupInfo.State.CORRUPTED);
  }

  @Test
  void tellsWhatTheInventoryTells() throws IOException {
    Files.write(folder.resolve(NAME), SmallBackup.get().framed());
    KeptInventory inventory = new KeptInventory(folder, KeyHome.at(folder.resolve("home")));
    inventory.list();
    Files.write(folder.resolve(NAME.replace("001Z", "002Z")), SmallBackup.get().framed());

    assertThat(inventory.list().stream().map(BackupInfo::file).toList())
        .isEqualTo(Inventory.list(folder).stream().map(BackupInfo::file).toList());
    Files.delete(folder.resolve(NAME));
    List<BackupInfo> left = inventory.list();
    assertThat(left).hasSize(1);
    assertThat(left.getFirst().flagged()).allMatch(rows -> rows.ids().isEmpty());
  }
}
