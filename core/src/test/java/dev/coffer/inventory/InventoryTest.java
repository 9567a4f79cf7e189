package dev.coffer.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupInfo.State;
import dev.coffer.store.LocalStore;
import dev.coffer.testkit.Shell;
import dev.coffer.verify.ChildJvm;
import dev.coffer.verify.SmallBackup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with everything in it that may lie in one: all backups are listed, and nothing else. */
class InventoryTest {
  private static final SmallBackup BACKUP = SmallBackup.get();
  private static final String STAMP = "-backup-2026-01-25T14-30-45-";
  private static final String LEGACY =
      """
      {
        "timestamp": "2020-05-04T03:02:01.000Z",
        "version": "2.1.0",
        "tables": {"users": [{"id": "u1"}], "emailLogs": []},
        "metadata": {"totalRecords": 1, "tables": {"users": 1, "emailLogs": 0}}
      }
      """;

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    byte[] framed = BACKUP.framed();
    Files.createDirectories(folder.resolve("comprehensive"));
    Files.createDirectories(folder.resolve("database/deeper"));
    write("comprehensive/comprehensive" + STAMP + "001Z.json.zst", framed);
    write("comprehensive/comprehensive" + STAMP + "002Z.json", BACKUP.plain());
    write("comprehensive/comprehensive" + STAMP + "003Z.json.zst.age", BACKUP.encrypted());
    write("comprehensive/comprehensive" + STAMP + "004Z.json.zst", Arrays.copyOf(framed, 999));
    write("comprehensive/comprehensive" + STAMP + "005Z.json.zst", new byte[0]);
    write("comprehensive/.comprehensive" + STAMP + "006Z.json.zst.partial", framed);
    write(
        "database/database-backup-2020-05-04T03-02-01-000Z.json",
        LEGACY.getBytes(StandardCharsets.UTF_8));
    write("database/database" + STAMP + "007Z.json", "{ \"oops".getBytes(StandardCharsets.UTF_8));
    write("database/notes.txt", "Call Ann".getBytes(StandardCharsets.UTF_8));
    write("database/package.json", "{\"name\":\"portal\"}".getBytes(StandardCharsets.UTF_8));
    write("database/deeper/comprehensive" + STAMP + "008Z.json.zst", framed);
    write("picture.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    Files.createSymbolicLink(folder.resolve("circle"), folder);
    Files.createSymbolicLink(folder.resolve("nowhere.json.zst"), Path.of("missing"));
  }

  private void write(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static Map.Entry<String, State> entry(String name, State state) {
    return Map.entry(name, state);
  }

  @Test
  void everyBackupIsListedWithWhatItIs() {
    List<Map.Entry<String, State>> found =
        Inventory.list(folder).stream()
            .map(info -> entry(info.file().getFileName().toString(), info.state()))
            .sorted(Map.Entry.comparingByKey())
            .toList();
    String comprehensive = "comprehensive" + STAMP;
    assertThat(found)
        .containsExactly(
            entry(comprehensive + "001Z.json.zst", State.UNVERIFIED),
            entry(comprehensive + "002Z.json", State.UNVERIFIED),
            entry(comprehensive + "003Z.json.zst.age", State.ENCRYPTED),
            entry(comprehensive + "004Z.json.zst", State.CORRUPTED),
            entry(comprehensive + "005Z.json.zst", State.CORRUPTED),
            entry("database-backup-2020-05-04T03-02-01-000Z.json", State.LEGACY),
            entry("database" + STAMP + "007Z.json", State.CORRUPTED));
  }

  @Test
  void theNewestStandsFirst() {
    List<Instant> times = Inventory.list(folder).stream().map(BackupInfo::timestamp).toList();
    assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(times.getLast()).isEqualTo(Instant.parse("2020-05-04T03:02:01Z"));
  }

  @Test
  void aBackupTellsAboutItself() {
    BackupInfo info =
        Inventory.list(folder).stream()
            .filter(one -> one.state() == State.UNVERIFIED)
            .findFirst()
            .orElseThrow();
    assertThat(info.reason()).isEqualTo("Before system update");
    assertThat(info.createdBy()).isEqualTo("admin@portal.example");
    assertThat(info.database()).isPresent();
    assertThat(info.totalRecords()).contains(18L);
    assertThat(info.tables()).containsEntry("users", 8L).containsEntry("nothing", 0L);
    assertThat(info.sealedColumns())
        .extracting(BackupInfo.SealedColumn::column)
        .contains("password");
    assertThat(info.problem()).isEmpty();
  }

  /** There is no state beside the files: another process, without any home, lists the same. */
  @Test
  void theListingComesFromTheFilesAlone() {
    List<String> here = Inventory.list(folder).stream().map(BackupInfo::toString).toList();
    Shell.Result there =
        Shell.run(
            ChildJvm.command(
                List.of("-Duser.home=/nonexistent"), Listing.class, List.of(folder.toString())),
            Map.of("HOME", "/nonexistent", "COFFER_HOME", "/nonexistent"),
            "");
    assertThat(there.check().out().lines().toList()).isEqualTo(here);
  }

  /** To somebody who may not read everything: what is closed is listed, and nothing is left out. */
  @Test
  void closedFilesAndFoldersAreListedAsSuch() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("sales-data"));
    Files.createDirectory(folder.resolve("lost+found"));
    Path file = folder.resolve("comprehensive/comprehensive" + STAMP + "001Z.json.zst");
    for (Path path : List.of(closed, folder.resolve("lost+found"), file)) {
      Files.setPosixFilePermissions(path, Set.of());
    }
    Files.writeString(folder.resolve("database/.left.json.partial"), "x");
    Files.setPosixFilePermissions(folder.resolve("database/.left.json.partial"), Set.of());
    List<String> command = new ArrayList<>();
    if (Files.isReadable(closed)) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        ChildJvm.command(List.of(), Listing.class, List.of(folder.toString(), "leftovers")));
    List<String> lines = Shell.run(command, Map.of(), "").check().out().lines().toList();
    assertThat(lines).hasSize(9).first().isEqualTo("1 leftovers");
    assertThat(folder.resolve("database/.left.json.partial")).exists();
    assertThat(lines).anyMatch(line -> line.contains("the folder cannot be read"));
    assertThat(lines).anyMatch(line -> line.contains("cannot read " + file));
    assertThat(lines).noneMatch(line -> line.contains("lost+found"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
  }

  /** Prints what a folder's backups are. */
  public static final class Listing {
    private Listing() {}

    public static void main(String[] folder) throws IOException {
      Path root = Path.of(folder[0]);
      if (folder.length > 1) {
        System.out.println(LocalStore.at(root).removeLeftovers() + " leftovers");
      }
      Inventory.list(root).forEach(System.out::println);
    }
  }
}
