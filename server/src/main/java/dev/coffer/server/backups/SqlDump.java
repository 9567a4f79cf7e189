package dev.coffer.server.backups;

import dev.coffer.export.ExportOptions;
import dev.coffer.export.Exporter;
import dev.coffer.export.Format;
import dev.coffer.inventory.BackupJson;
import dev.coffer.model.BackupInfo;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plain SQL that the portal's earlier system wrote: {@code manual-backup-<stamp>.sql}, and a
 * file beside it that tells who made it and why. It is made from a backup, so both hold the same
 * rows, and what is sealed there is not in it.
 */
final class SqlDump {
  private SqlDump() {}

  /** Writes the script of a backup to the folder of all backups. */
  static Path write(Path root, BackupInfo backup, Progress progress) {
    String stamp = BackupJson.stamp(backup.timestamp());
    String stem = "manual-backup-" + stamp.replace(':', '-').replace('.', '-');
    Path script = root.resolve(stem + ".sql");
    progress.stage("writing SQL");
    Exporter.export(
        backup.file(), new ExportOptions(Format.SQL, List.of(), List.of()), script, progress);
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("timestamp", stamp);
    about.put("createdBy", backup.createdBy());
    about.put("reason", backup.reason());
    about.put("madeFrom", String.valueOf(backup.file().getFileName()));
    try {
      Files.writeString(
          root.resolve(stem + ".meta.json"), JsonMapper.shared().writeValueAsString(about));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return script;
  }
}
