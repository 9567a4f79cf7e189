package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.restore.record.Live.LiveRow;
import dev.coffer.restore.record.RecordTree.Role;
import dev.coffer.restore.record.RecordTree.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the live rows that belong to the record now and that the backup does not hold. A row that
 * the backup holds somewhere else belonged to somebody else then, and is left alone.
 */
final class LiveDependents {
  private final Relations relations;
  private final Live live;
  private final Interest interest;
  private final Pairs pairs;
  private final TreeIndex tree;
  private final BackupSearch search;
  private final RowTexts texts;
  private final Set<String> notes;
  private final Map<Identity, Item> found = new LinkedHashMap<>();
  private final Map<Identity, Integer> expected = new HashMap<>();

  /** What tells a live row from others of its table: its key, or all that it holds. */
  private record Identity(QualifiedName table, Object key) {}

  /**
   * @param relations of the live database
   */
  LiveDependents(
      Relations relations,
      Live live,
      Interest interest,
      Pairs pairs,
      TreeIndex tree,
      BackupSearch search,
      RowTexts texts,
      Set<String> notes) {
    this.relations = relations;
    this.live = live;
    this.interest = interest;
    this.pairs = pairs;
    this.tree = tree;
    this.search = search;
    this.texts = texts;
    this.notes = notes;
  }

  List<Item> find() throws IOException, InterruptedException {
    List<Item> open = new ArrayList<>();
    for (Item item : tree.items()) {
      if (item.role() != Role.NEEDED && item.status() != Status.LEFT_ALONE) {
        open.add(item);
      }
      item.after()
          .ifPresent(
              row -> expected.merge(identity(item.pair().orElseThrow(), row), 1, Integer::sum));
    }
    while (!open.isEmpty()) {
      List<Item> next = below(open);
      leaveOthersAlone(next);
      open = next.stream().filter(item -> item.status() == Status.ONLY_LIVE).toList();
    }
    return List.copyOf(found.values());
  }

  private List<Item> below(List<Item> open) throws IOException, InterruptedException {
    Map<Relation, Map<Key, Item>> wanted = new HashMap<>();
    List<Relation> order = new ArrayList<>();
    for (Item item : open) {
      Table table = item.pair().orElseThrow().after();
      for (Relation relation : relations.below(table)) {
        if (relation.kind() == Relation.Kind.FOLLOWED) {
          continue;
        }
        Optional<Key> key = item.key(relation.targetColumns());
        if (key.isPresent()) {
          if (!wanted.containsKey(relation)) {
            order.add(relation);
          }
          wanted.computeIfAbsent(relation, any -> new HashMap<>()).putIfAbsent(key.get(), item);
        }
      }
    }
    List<Item> fresh = new ArrayList<>();
    for (Relation relation : order) {
      Map<Key, Item> parents = wanted.getOrDefault(relation, Map.of());
      fresh.addAll(children(relation, parents));
    }
    return fresh;
  }

  private List<Item> children(Relation relation, Map<Key, Item> parents)
      throws IOException, InterruptedException {
    Table child = relation.child();
    Optional<TablePair> pair = pairs.ofLive(child);
    List<LiveRow> rows =
        live.rows(child, relation.columns(), parents.keySet(), interest.columns(child));
    if (pair.isEmpty()) {
      if (!rows.isEmpty()) {
        notes.add(
            "%d rows of table %s belong to the record; the backup does not know the table"
                .formatted(rows.size(), child.name()));
      }
      return List.of();
    }
    List<Item> fresh = new ArrayList<>();
    Map<Identity, Integer> seen = new HashMap<>();
    for (LiveRow row : rows) {
      Identity identity = identity(pair.get(), row);
      int times = seen.merge(identity, 1, Integer::sum);
      boolean known = times <= expected.getOrDefault(identity, 0);
      Item parent = row.key(relation.columns()).map(parents::get).orElse(null);
      if (!known && parent != null) {
        Identity numbered = new Identity(child.name(), List.of(identity, times));
        Item item = Item.onlyLive(row, pair.get(), parent);
        if (found.putIfAbsent(numbered, item) == null) {
          fresh.add(item);
        }
      }
    }
    return fresh;
  }

  private Identity identity(TablePair pair, LiveRow row) {
    Optional<Key> key = pair.key().isEmpty() ? Optional.empty() : row.key(pair.key());
    Object identity = key.isPresent() ? key.get() : texts.of(pair).ofLive(row.row());
    return new Identity(row.table().name(), identity);
  }

  private void leaveOthersAlone(List<Item> items) throws IOException {
    Map<QualifiedName, Probe> probes = new LinkedHashMap<>();
    for (Item item : items) {
      TablePair pair = item.pair().orElseThrow();
      if (!pair.key().isEmpty()) {
        Probe probe =
            probes.computeIfAbsent(
                pair.before().name(), name -> Probe.of(pair.before(), pair.key()));
        item.key(pair.key()).ifPresent(key -> probe.want(key, Optional.empty()));
      }
    }
    if (probes.isEmpty()) {
      return;
    }
    for (TreeRow row : search.findNeeded(probes.values())) {
      for (Item item : items) {
        TablePair pair = item.pair().orElseThrow();
        boolean same =
            pair.before().name().equals(row.table().name())
                && !pair.key().isEmpty()
                && item.key(pair.key()).equals(row.key(pair.key()));
        if (same) {
          item.leaveAlone(
              Conflict.Reason.BELONGS_TO_ANOTHER, "in the backup it belongs to another record");
        }
      }
    }
  }
}
