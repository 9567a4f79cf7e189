package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Measures the folder of backups. */
@Component
class StorageLook {
  private final ServerSettings settings;
  private final BackupFiles files;

  StorageLook(ServerSettings settings, BackupFiles files) {
    this.settings = settings;
    this.files = files;
  }

  Storage look() {
    Path folder = settings.backups().toAbsolutePath().normalize();
    List<Storage.Kind> kinds = kinds();
    long known = kinds.stream().mapToLong(Storage.Kind::bytes).sum();
    try {
      FileStore disk = Files.getFileStore(folder);
      return new Storage(
          folder.toString(),
          OptionalLong.of(disk.getUsableSpace()),
          OptionalLong.of(disk.getTotalSpace()),
          kinds,
          Math.max(0, everything(folder) - known));
    } catch (IOException | UncheckedIOException unreadable) {
      return new Storage(folder.toString(), OptionalLong.empty(), OptionalLong.empty(), kinds, 0);
    }
  }

  private List<Storage.Kind> kinds() {
    Map<String, Storage.Kind> kinds = new LinkedHashMap<>();
    try {
      for (Backup backup : files.all()) {
        String kind = backup.current() ? backup.info().kind() : "earlier";
        String words = backup.current() ? backup.kindWords() : "Earlier system";
        kinds.merge(
            kind,
            new Storage.Kind(kind, words, 1, backup.info().fileSize()),
            (one, more) ->
                new Storage.Kind(kind, words, one.backups() + 1, one.bytes() + more.bytes()));
      }
    } catch (CofferException unreadable) {
      // The free space is missing too then, and the page says so.
    }
    return new ArrayList<>(kinds.values());
  }

  private static long everything(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
