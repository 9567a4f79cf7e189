package dev.coffer.legacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The counts and hashes that a legacy file declares. Its versions keep them in different places, so
 * every place is looked at where one of them does.
 *
 * @param tables logical name → rows
 * @param total rows in all tables
 * @param hashes logical name → printed weak hash
 */
record DeclaredCounts(Map<String, Long> tables, OptionalLong total, Map<String, String> hashes) {
  private static final List<String> COUNTS =
      List.of("tables", "recordCounts", "tableCounts", "rowCounts", "counts", "records");
  private static final List<String> COUNT = List.of("count", "records", "rows", "recordCount");
  private static final List<String> TOTAL = List.of("totalRecords", "recordCount", "totalRows");

  /**
   * What {@code members} declare, the file's members beside its tables.
   *
   * @param counted the tables that were found; {@code totalSales} counts {@code sales} if it is one
   */
  static DeclaredCounts of(Map<String, Object> members, Map<String, Long> counted) {
    Map<String, Object> metadata = JsonTree.map(members.get("metadata"));
    Map<String, Object> statistics = JsonTree.map(metadata.get("systemStats"));
    Map<String, Long> tables = new LinkedHashMap<>();
    Map<String, String> hashes = new LinkedHashMap<>();
    OptionalLong total = OptionalLong.empty();
    for (Map<String, Object> place : List.of(statistics, members, metadata)) {
      addTotals(place, counted, tables);
      for (String name : COUNTS) {
        JsonTree.map(place.get(name))
            .forEach((table, value) -> count(value).ifPresent(rows -> tables.put(table, rows)));
      }
      for (String name : TOTAL) {
        if (place.get(name) instanceof Long rows) {
          total = OptionalLong.of(rows);
        }
      }
      place.forEach((name, value) -> addHashes(name, value, hashes));
    }
    return new DeclaredCounts(tables, total, hashes);
  }

  private static void addTotals(
      Map<String, Object> place, Map<String, Long> counted, Map<String, Long> tables) {
    for (String table : counted.keySet()) {
      place.forEach((name, value) -> {
        if (name.equalsIgnoreCase("total" + table) && value instanceof Long rows) {
          tables.put(table, rows);
        }
      });
    }
  }

  private static void addHashes(String name, @Nullable Object value, Map<String, String> hashes) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.contains("hash") || lower.contains("checksum")) {
      JsonTree.map(value)
          .forEach((table, hash) -> {
            if (hash instanceof String || hash instanceof Long) {
              hashes.put(table, hash.toString());
            }
          });
    }
  }

  private static Optional<Long> count(@Nullable Object value) {
    if (value instanceof Long rows) {
      return Optional.of(rows);
    }
    Map<String, Object> members = JsonTree.map(value);
    return COUNT.stream()
        .map(members::get)
        .filter(Long.class::isInstance)
        .map(Long.class::cast)
        .findFirst();
  }
}
