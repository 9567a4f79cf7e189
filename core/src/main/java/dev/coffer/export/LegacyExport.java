package dev.coffer.export;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyBackup;
import dev.coffer.model.BackupInfo;
import dev.coffer.progress.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * Exports a backup of the portal's earlier systems, as far as it goes: such files hold no schema.
 */
final class LegacyExport {
  private static final int BUFFER = 1 << 16;

  private final LegacyBackup backup;
  private final BackupInfo info;
  private final ExportOptions options;
  private final Progress progress;

  private LegacyExport(
      LegacyBackup backup, BackupInfo info, ExportOptions options, Progress progress) {
    this.backup = backup;
    this.info = info;
    this.options = options;
    this.progress = progress;
  }

  static LegacyExport of(LegacyBackup backup, ExportOptions options, Progress progress) {
    progress.stage("reading the legacy backup");
    BackupInfo info = backup.info();
    if (info.problem().isPresent()) {
      throw Damage.of(backup.file() + ": " + info.problem().get());
    }
    TableNames.require(backup.file(), info.tables().keySet(), options.tables());
    boolean dump = info.kind().equals("sql");
    if (dump && options.format() != Format.SQL) {
      throw new CofferException(
          ErrorCode.USAGE,
          backup.file() + " is an SQL dump and can be exported as SQL alone",
          "Use --format sql, or load it into a database and back that up.");
    }
    return new LegacyExport(backup, info, options, progress);
  }

  void write(Outputs outputs) throws IOException {
    boolean dump = info.kind().equals("sql");
    boolean everything = options.tables().isEmpty();
    switch (options.format()) {
      case JSON -> {
        if (everything) {
          copy(outputs.open(""));
        } else {
          LegacyTables.json(tables(), outputs.open(""));
        }
      }
      case SQL -> {
        if (dump && everything) {
          copy(outputs.open(""));
        } else {
          LegacyTables.sql(tables(), outputs.open(""));
        }
      }
      case CSV -> LegacyTables.csv(tables(), outputs);
    }
  }

  /** The file as it is. */
  private void copy(Output output) throws IOException {
    try (InputStream input = Files.newInputStream(backup.file())) {
      byte[] buffer = new byte[BUFFER];
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        Interrupted.check();
        output.put(buffer, 0, count);
      }
    }
  }

  private List<LegacyTable> tables() {
    return info.tables().entrySet().stream()
        .filter(table -> options.tables().isEmpty() || options.tables().contains(table.getKey()))
        .map(this::table)
        .toList();
  }

  private LegacyTable table(Map.Entry<String, Long> table) {
    return new LegacyTable(backup.file(), table.getKey(), table.getValue(), progress);
  }
}
