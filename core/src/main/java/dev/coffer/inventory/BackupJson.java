package dev.coffer.inventory;

import dev.coffer.model.BackupInfo;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A backup in the words of the portal's HTTP interface, and more than it asks for. */
public final class BackupJson {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private BackupJson() {}

  /** One entry of a listing. */
  public static Map<String, Object> entry(BackupInfo info) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("filename", info.file().getFileName().toString());
    entry.put("timestamp", stamp(info.timestamp()));
    entry.put("size", megabytes(info.fileSize()));
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
    info.database().ifPresent(database -> entry.put("database", database));
    info.origin()
        .ifPresent(origin -> {
          // Too great for the numbers that JavaScript tells apart.
          entry.put("systemIdentifier", origin.systemIdentifier());
          entry.put("databaseOid", origin.databaseOid());
        });
    entry.put("version", info.version());
    entry.put("state", info.state().name().toLowerCase(Locale.ROOT));
    info.provenAt().ifPresent(at -> entry.put("provenAt", stamp(at)));
    info.proofProblem().ifPresent(problem -> entry.put("proofProblem", problem));
    entry.put("sizeBytes", info.fileSize());
    entry.put("path", info.file().toAbsolutePath().normalize().toString());
    return entry;
  }

  /** What is said of a backup that was just taken. */
  public static Map<String, Object> taken(BackupInfo info) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("message", "The backup was taken.");
    answer.put("backupFileName", info.file().getFileName().toString());
    answer.put("backupPath", info.file().toAbsolutePath().normalize().toString());
    answer.put("fileSize", megabytes(info.fileSize()));
    answer.put("totalRecords", info.totalRecords().orElse(0L));
    answer.put("communicationSummary", info.communicationSummary());
    answer.put("tables", info.tables());
    answer.put("timestamp", stamp(info.timestamp()));
    answer.put("kind", info.kind());
    answer.put("version", info.version());
    answer.put("createdBy", info.createdBy());
    answer.put("reason", info.reason());
    answer.put("fileSizeBytes", info.fileSize());
    answer.put(
        "flaggedRows", info.flagged().stream().mapToLong(BackupInfo.FlaggedRows::rows).sum());
    answer.put("flagged", flagged(info));
    answer.put("sealedColumns", sealed(info));
    answer.put("excluded", excluded(info));
    return answer;
  }

  /** {@code 8.50MB}: a size in the interface's form, of 2<sup>20</sup> bytes. */
  public static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2fMB", bytes / 1048576.0);
  }

  /** An instant in the form the document has it, with milliseconds. */
  public static String stamp(Instant instant) {
    return STAMP.format(instant);
  }

  /** An entry and what was flagged, sealed and left out. */
  public static Map<String, Object> whole(BackupInfo info) {
    Map<String, Object> whole = entry(info);
    whole.put("flagged", flagged(info));
    whole.put("sealedColumns", sealed(info));
    whole.put("excluded", excluded(info));
    return whole;
  }

  private static List<Map<String, Object>> flagged(BackupInfo info) {
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

  private static List<Map<String, Object>> sealed(BackupInfo info) {
    return info.sealedColumns().stream()
        .map(column ->
            object("table", column.table(), "column", column.column(), "reason", column.reason()))
        .toList();
  }

  private static List<Map<String, Object>> excluded(BackupInfo info) {
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
