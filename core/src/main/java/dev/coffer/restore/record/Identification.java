package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.restore.record.Live.LiveRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the live rows that are the rows of the tree, and says whether they are still the same. */
final class Identification {
  private final Live live;
  private final Interest interest;
  private final Relations relations;
  private final RowTexts texts;

  Identification(Live live, Interest interest, Relations relations, RowTexts texts) {
    this.live = live;
    this.interest = interest;
    this.relations = relations;
    this.texts = texts;
  }

  void identify(List<Item> items) throws IOException, InterruptedException {
    Map<QualifiedName, List<Item>> byTable = new LinkedHashMap<>();
    for (Item item : items) {
      Table table = item.before().orElseThrow().table();
      if (item.pair().isPresent()) {
        byTable.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(item);
      } else {
        item.leaveAlone(
            Conflict.Reason.TABLE_GONE, "the database has no table " + table.name().sql());
      }
    }
    for (List<Item> ofTable : byTable.values()) {
      TablePair pair = ofTable.getFirst().pair().orElseThrow();
      if (pair.key().isEmpty()) {
        byContent(pair, ofTable);
      } else {
        byKey(pair, ofTable);
      }
    }
  }

  private void byKey(TablePair pair, List<Item> items) throws IOException, InterruptedException {
    Map<Key, Item> byKey = new LinkedHashMap<>();
    for (Item item : items) {
      item.key(pair.key()).ifPresent(key -> byKey.put(key, item));
    }
    RowText text = texts.of(pair);
    Set<String> keep = interest.columns(pair.after());
    for (LiveRow row : live.rows(pair.after(), pair.key(), byKey.keySet(), keep)) {
      Optional<Item> item = row.key(pair.key()).map(byKey::get);
      item.ifPresent(found -> found.found(row, same(text, found, row)));
    }
  }

  private static boolean same(RowText text, Item item, LiveRow row) {
    return text.ofBackup(item.before().orElseThrow().row()).equals(text.ofLive(row.row()));
  }

  /**
   * Rows without a key are looked up by what ties them to others, and are the same or not there:
   * each live row stands for one row of the backup.
   */
  private void byContent(TablePair pair, List<Item> items)
      throws IOException, InterruptedException {
    Table before = pair.before();
    Map<String, List<LiveRow>> present = new HashMap<>();
    Set<List<String>> ways = new HashSet<>();
    relations.above(before).forEach(relation -> ways.add(relation.columns()));
    ways.addAll(Pairs.keys(before));
    RowText text = texts.of(pair);
    for (List<String> way : ways) {
      Set<Key> keys = new HashSet<>();
      items.forEach(item -> item.key(way).ifPresent(keys::add));
      Map<String, List<LiveRow>> found = new HashMap<>();
      for (LiveRow row : live.rows(pair.after(), way, keys, interest.columns(pair.after()))) {
        found.computeIfAbsent(text.ofLive(row.row()), any -> new ArrayList<>()).add(row);
      }
      found.forEach((content, rows) -> {
        List<LiveRow> known = present.getOrDefault(content, List.of());
        if (rows.size() > known.size()) {
          present.put(content, rows);
        }
      });
    }
    for (Item item : items) {
      List<LiveRow> rows =
          present.getOrDefault(text.ofBackup(item.before().orElseThrow().row()), new ArrayList<>());
      if (!rows.isEmpty()) {
        item.found(rows.removeLast(), true);
      }
    }
  }
}
