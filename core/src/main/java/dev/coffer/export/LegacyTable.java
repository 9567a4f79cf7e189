package dev.coffer.export;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyRows;
import dev.coffer.progress.Progress;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A table of a legacy backup.
 *
 * @param count its rows
 */
record LegacyTable(Path file, String name, long count, Progress progress) {

  /** Gives every row: its columns' values as JSON text. */
  void rows(Consumer<Map<String, String>> consumer) {
    AtomicLong given = new AtomicLong();
    progress.table(name, count);
    LegacyRows.rows(
        file,
        name,
        row -> {
          Interrupted.check();
          given.incrementAndGet();
          progress.advanced(name, 1, 0);
          consumer.accept(row);
        });
    if (given.get() != count) {
      throw new CofferException(
          ErrorCode.USAGE,
          "the rows of " + name + " stand in " + file + " as INSERT statements",
          "Export the dump as a whole: leave --table out.");
    }
  }

  /** The keys of all rows, in the order in which they first turn up: rows may lack some. */
  List<String> columns() {
    Set<String> keys = new LinkedHashSet<>();
    LegacyRows.rows(file, name, row -> keys.addAll(row.keySet()));
    return List.copyOf(keys);
  }
}
