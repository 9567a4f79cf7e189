package dev.coffer.restore.legacy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyRows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** What a legacy file holds, from a first pass over it: tables, keys, and what these look like. */
final class FileScan implements LegacyRows.Reader {
  private static final int MOST_KEYS = 2000;

  private final SequencedMap<String, FoundTable> tables = new LinkedHashMap<>();

  /** A table of the file. */
  static final class FoundTable {
    private final SequencedMap<String, KeyUse> keys = new LinkedHashMap<>();
    private long rows;

    long rows() {
      return rows;
    }

    /** By key, in the order in which they first turn up. */
    SequencedMap<String, KeyUse> keys() {
      return keys;
    }
  }

  private FileScan() {}

  static SequencedMap<String, FoundTable> of(Path file) {
    FileScan scan = new FileScan();
    LegacyRows.all(file, scan);
    return scan.tables;
  }

  @Override
  public boolean begin(String table) {
    tables.put(table, new FoundTable());
    return true;
  }

  @Override
  public void row(String table, Map<String, String> members) {
    FoundTable found = tables.computeIfAbsent(table, name -> new FoundTable());
    found.rows++;
    members.forEach((key, json) -> found.keys.computeIfAbsent(key, name -> new KeyUse()).add(json));
    if (found.keys.size() > MOST_KEYS) {
      throw new CofferException(
          ErrorCode.BACKUP_DAMAGED,
          "table " + table + " has more than " + MOST_KEYS + " columns: no backup has",
          "Use another copy of the file.");
    }
  }
}
