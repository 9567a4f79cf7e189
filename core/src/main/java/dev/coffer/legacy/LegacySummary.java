package dev.coffer.legacy;

import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what a listing shows of a legacy file. */
final class LegacySummary implements LegacyVisitor {
  private static final Pattern STAMP =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2}T\\d{2})-(\\d{2})-(\\d{2})(?:-(\\d{3}))?Z");

  private final Map<String, Object> members = new LinkedHashMap<>();
  private final Map<String, Long> tables = new LinkedHashMap<>();
  private boolean unknownCount;

  @Override
  public void member(String name, Object value) {
    members.put(name, value);
  }

  @Override
  public boolean begin(String table) {
    return false;
  }

  @Override
  public void end(String table, long rows) {
    if (rows < 0) {
      unknownCount = true;
    } else {
      tables.merge(table, rows, Long::sum);
    }
  }

  BackupInfo info(Path file, Optional<String> problem) {
    Map<String, Object> metadata = JsonTree.map(members.get("metadata"));
    boolean countable = problem.isEmpty() && !unknownCount && !tables.isEmpty();
    return new BackupInfo(
        file,
        problem.isEmpty() ? BackupInfo.State.LEGACY : BackupInfo.State.CORRUPTED,
        timestamp(file),
        text(members, "version"),
        kind(file),
        either(text(members, "createdBy"), text(metadata, "createdBy")),
        either(
            text(members, "reason"),
            either(text(metadata, "backupReason"), text(metadata, "reason"))),
        size(file),
        countable
            ? Optional.of(tables.values().stream().mapToLong(Long::longValue).sum())
            : Optional.empty(),
        new LinkedHashMap<>(tables),
        summary(metadata),
        List.of(),
        List.of(),
        List.of(),
        problem);
  }

  private String kind(Path file) {
    if (LegacyFile.isSql(file)) {
      return "sql";
    }
    String said = text(members, "backupType");
    String name = name(file);
    if (BackupKind.of(said).isPresent()) {
      return said;
    }
    if (name.startsWith("sales-") || members.containsKey("totalSales")) {
      return BackupKind.SALES.word();
    }
    return name.startsWith("comprehensive-")
        ? BackupKind.COMPREHENSIVE.word()
        : BackupKind.DATABASE.word();
  }

  private Map<String, Object> summary(Map<String, Object> metadata) {
    Map<String, Object> summary = JsonTree.map(metadata.get("communicationSummary"));
    for (String name : List.of("totalSales", "totalSystemValue")) {
      if (members.get(name) instanceof Number number) {
        summary.put(name, number);
      }
    }
    summary.putAll(JsonTree.map(metadata.get("systemStats")));
    summary.replaceAll((name, value) -> value instanceof Boolean ? value.toString() : value);
    return summary;
  }

  private Instant timestamp(Path file) {
    try {
      return Instant.parse(text(members, "timestamp"));
    } catch (DateTimeException notSaid) {
      return stamp(name(file)).orElseGet(() -> modified(file));
    }
  }

  private static Optional<Instant> stamp(String name) {
    Matcher matcher = STAMP.matcher(name);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String fraction = matcher.group(4) == null ? "" : "." + matcher.group(4);
    String text = matcher.group(1) + ":" + matcher.group(2) + ":" + matcher.group(3) + fraction;
    try {
      return Optional.of(Instant.parse(text + "Z"));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException unreadable) {
      return Instant.EPOCH;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException unreadable) {
      return 0;
    }
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  private static String text(Map<String, Object> place, String name) {
    return place.get(name) instanceof String text ? text : "";
  }

  private static String either(String first, String second) {
    return first.isEmpty() ? second : first;
  }
}
