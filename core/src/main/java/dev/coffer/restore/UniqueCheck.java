package dev.coffer.restore;

import dev.coffer.bytes.ByteSink;
import dev.coffer.compare.Row;
import dev.coffer.compare.TablePair;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.Column;
import dev.coffer.model.Table;
import dev.coffer.postgres.write.InTheWay;
import dev.coffer.postgres.write.WriteTransaction;
import dev.coffer.restore.apply.RowChangeLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Whether rows to be written cannot stand beside rows of the database that stay: these may have
 * what no two rows may share. The database is asked, in portions, before anything is written; for
 * tables with more changes than it can be asked about cheaply, only the writing tells.
 */
final class UniqueCheck {
  private static final int MOST = 5_000;
  private static final int PORTION = 500;

  private final WriteTransaction target;
  private final RowChangeLog changes;
  private final TablePair pair;
  private final RowDecoder decoder;
  private final int[] places;
  private final ByteSink value = new ByteSink(256);
  private final StringJoiner going = new StringJoiner(",", "[", "]");
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final List<String> keys = new ArrayList<>();
  private StringJoiner rows = new StringJoiner(",", "[", "]");

  /** What a constraint keeps from being written, and an example. */
  private static final class Found {
    private final TreeSet<String> written = new TreeSet<>();
    private String standing = "";
  }

  private UniqueCheck(WriteTransaction target, RowChangeLog changes, TablePair pair) {
    this.target = target;
    this.changes = changes;
    this.pair = pair;
    decoder = new RowDecoder(pair.before());
    List<String> stored = pair.before().storedColumns().stream().map(Column::name).toList();
    places =
        pair.columns().stream()
            .mapToInt(column -> stored.indexOf(column.before().name()))
            .toArray();
  }

  /** What stands in the way, a line for each constraint. */
  static List<String> problems(WriteTransaction target, RowChangeLog changes) throws IOException {
    List<String> problems = new ArrayList<>();
    for (TablePair pair : changes.tables()) {
      RowChangeLog.Counts counts = changes.counts(pair);
      long all = counts.inserted() + counts.changed() + counts.deleted();
      if (pair.after().kind() != Table.Kind.LARGE_OBJECTS
          && !pair.key().isEmpty()
          && all <= MOST
          && counts.inserted() + counts.changed() > 0) {
        problems.addAll(new UniqueCheck(target, changes, pair).ask());
      }
    }
    return problems;
  }

  private List<String> ask() throws IOException {
    changes.replay(
        pair,
        (number, change) -> {
          if (change.expectedHash().isPresent()) {
            going.add(new String(change.key(), StandardCharsets.UTF_8));
          }
        });
    changes.replay(
        pair,
        (number, change) -> {
          if (change.wanted().isPresent()) {
            keys.add(new String(change.key(), StandardCharsets.UTF_8));
            rows.add(object(change.wanted().get()));
            if (keys.size() == PORTION) {
              askPortion();
            }
          }
        });
    askPortion();
    List<String> problems = new ArrayList<>();
    found.forEach((rule, rows) ->
        problems.add(
            "table %s, %s: %d row(s) of the backup, such as %s, cannot stand beside row %s of the database"
                .formatted(
                    pair.after().logicalName(),
                    rule,
                    rows.written.size(),
                    rows.written.getFirst(),
                    rows.standing)));
    return problems;
  }

  private void askPortion() {
    if (keys.isEmpty()) {
      return;
    }
    for (InTheWay row :
        target.inTheWay(pair.after().name(), pair.keyAfter(), rows.toString(), going.toString())) {
      Found known = found.computeIfAbsent(row.rule(), any -> new Found());
      if (known.written.isEmpty()) {
        known.standing = row.key();
      }
      known.written.add(keys.get(row.number()));
    }
    keys.clear();
    rows = new StringJoiner(",", "[", "]");
  }

  /** The row by its columns' names in the database; closed values are left out. */
  private String object(Row row) {
    row.read(decoder, pair.before());
    StringJoiner members = new StringJoiner(",", "{", "}");
    for (int i = 0; i < places.length; i++) {
      if (!decoder.isClosed(places[i])) {
        value.clear(1 << 20);
        decoder.json(places[i], value);
        members.add(
            quoted(pair.columns().get(i).after().name())
                + ":"
                + new String(value.array(), 0, value.length(), StandardCharsets.UTF_8));
      }
    }
    return members.toString();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
