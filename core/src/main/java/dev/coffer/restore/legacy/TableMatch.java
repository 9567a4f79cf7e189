package dev.coffer.restore.legacy;

import dev.coffer.model.Column;
import dev.coffer.model.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A table of a legacy file and the database's table that it tells of.
 *
 * @param keys the file's key for each column that it knows, by the column's name
 */
record TableMatch(
    String fileName, FileScan.FoundTable found, Table live, SequencedMap<String, String> keys) {

  /**
   * Pairs the database's columns with the file's keys: by the profile's key for the column, by its
   * own name, or by that in camelCase.
   *
   * @param camel the same table with camelCase keys
   */
  static TableMatch of(String fileName, FileScan.FoundTable found, Table live, Table camel) {
    Map<String, String> camelKeys = new HashMap<>();
    camel.columns().forEach(column -> camelKeys.put(column.name(), column.key()));
    SequencedMap<String, String> keys = new LinkedHashMap<>();
    for (Column column : live.storedColumns()) {
      Set<String> names = new LinkedHashSet<>(List.of(column.key(), column.name()));
      names.add(camelKeys.getOrDefault(column.name(), column.name()));
      names.stream()
          .filter(name -> !keys.containsValue(name))
          .filter(name -> {
            KeyUse use = found.keys().get(name);
            return use != null && use.fits(column.type());
          })
          .findFirst()
          .ifPresent(name -> keys.put(column.name(), name));
    }
    return new TableMatch(fileName, found, live, keys);
  }

  /** Whether the file knows what tells the table's rows apart. */
  boolean hasKey() {
    return keys.keySet().containsAll(live.primaryKey());
  }

  /** Whether some value of a column is masked; such a column may not be part of the key. */
  boolean isHidden(Column column) {
    KeyUse use = found.keys().get(keys.getOrDefault(column.name(), ""));
    return use != null && use.hidden() && !live.primaryKey().contains(column.name());
  }
}
