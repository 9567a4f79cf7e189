package dev.coffer.cli.inventory;

import dev.coffer.cli.terminal.Words;
import dev.coffer.model.BackupInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backup in the words of the portal's HTTP interface, and more than it asks for. */
public final class BackupJson {
  private BackupJson() {}

  /** One entry of a listing. */
  public static Map<String, Object> entry(BackupInfo info) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("filename", info.file().getFileName().toString());
    entry.put("timestamp", Words.stamp(info.timestamp()));
    entry.put("size", Words.megabytes(info.fileSize()));
    info.totalRecords().ifPresent(records -> entry.put("records", records));
    entry.put("tables", info.tables());
    entry.put("communicationSummary", info.communicationSummary());
    entry.put("createdBy", info.createdBy());
    entry.put("reason", info.reason());
    if (info.state() == BackupInfo.State.CORRUPTED) {
      entry.put("corrupted", true);
    }
    info.problem().ifPresent(problem -> entry.put("problem", problem));
    entry.put("kind", info.kind());
    entry.put("version", info.version());
    entry.put("state", info.state().name().toLowerCase(Locale.ROOT));
    info.provenAt().ifPresent(at -> entry.put("provenAt", Words.stamp(at)));
    info.proofProblem().ifPresent(problem -> entry.put("proofProblem", problem));
    entry.put("sizeBytes", info.fileSize());
    entry.put("path", info.file().toAbsolutePath().normalize().toString());
    return entry;
  }

  /** An entry and what was flagged, sealed and left out. */
  public static Map<String, Object> whole(BackupInfo info) {
    Map<String, Object> whole = entry(info);
    whole.put("flagged", flagged(info));
    whole.put("sealedColumns", sealed(info));
    whole.put("excluded", excluded(info));
    return whole;
  }

  public static List<Map<String, Object>> flagged(BackupInfo info) {
    return info.flagged().stream()
        .map(rows ->
            object(
                "rule", rows.rule(),
                "table", rows.table(),
                "column", rows.column(),
                "rows", rows.rows(),
                "ids", rows.ids()))
        .toList();
  }

  public static List<Map<String, Object>> sealed(BackupInfo info) {
    return info.sealedColumns().stream()
        .map(column ->
            object("table", column.table(), "column", column.column(), "reason", column.reason()))
        .toList();
  }

  public static List<Map<String, Object>> excluded(BackupInfo info) {
    return info.excluded().stream()
        .map(missing ->
            object("kind", missing.kind(), "name", missing.name(), "reason", missing.reason()))
        .toList();
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      object.put((String) namesAndValues[at], namesAndValues[at + 1]);
    }
    return object;
  }
}
