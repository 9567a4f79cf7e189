package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.Table;
import dev.coffer.restore.record.Live.LiveRow;
import dev.coffer.restore.record.RecordTree.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the rows that the tree's rows refer to and that are gone, and the rows that those refer to.
 * What else hangs on such a row does not come back with it.
 */
final class Needs {
  private final BackupSearch search;
  private final Relations relations;
  private final Live live;
  private final List<ForeignKey> liveKeys;
  private final Pairs pairs;
  private final Identification identification;
  private final RecordOptions options;
  private final Set<String> notes;

  /** A reference, and the tables (one, or a table's partitions) in which its target may be. */
  private record Reference(String name, List<String> columns, List<String> targetColumns) {}

  private record Need(List<Relation> ways, Map<Key, List<Item>> keys) {}

  Needs(
      BackupSearch search,
      Relations relations,
      Live live,
      List<ForeignKey> liveKeys,
      Pairs pairs,
      Identification identification,
      RecordOptions options,
      Set<String> notes) {
    this.search = search;
    this.relations = relations;
    this.live = live;
    this.liveKeys = liveKeys;
    this.pairs = pairs;
    this.identification = identification;
    this.options = options;
    this.notes = notes;
  }

  /** Adds to the tree what it needs; says of rows whose parent is nowhere that it is. */
  void addTo(TreeIndex tree) throws IOException, InterruptedException {
    List<Item> open = List.copyOf(tree.items());
    while (!open.isEmpty()) {
      List<Need> needs = new ArrayList<>(needs(open, tree));
      for (Need need : needs) {
        forgetPresent(need);
      }
      needs.removeIf(need -> need.keys().isEmpty());
      List<Item> found = find(needs);
      identification.identify(found);
      tree.add(found);
      open = found;
    }
  }

  private Collection<Need> needs(List<Item> open, TreeIndex tree) {
    Map<Reference, Need> needs = new LinkedHashMap<>();
    for (Item item : open) {
      if (!item.isWritten(options)) {
        continue;
      }
      Table table = item.before().orElseThrow().table();
      for (Relation relation : relations.above(table)) {
        Optional<Key> key = item.key(relation.columns());
        boolean wanted =
            key.isPresent()
                && !refersThereAlready(item, relation, key.get())
                && !inTree(tree, relation, key.get());
        if (wanted) {
          Reference reference =
              new Reference(
                  table.name() + " " + relation.name(),
                  relation.columns(),
                  relation.targetColumns());
          Need need =
              needs.computeIfAbsent(
                  reference, any -> new Need(new ArrayList<>(), new LinkedHashMap<>()));
          if (!need.ways().contains(relation)) {
            need.ways().add(relation);
          }
          need.keys().computeIfAbsent(key.get(), any -> new ArrayList<>()).add(item);
        }
      }
    }
    return needs.values();
  }

  private static boolean refersThereAlready(Item item, Relation relation, Key key) {
    return item.after().flatMap(row -> row.key(relation.columns())).filter(key::equals).isPresent();
  }

  private boolean inTree(TreeIndex tree, Relation relation, Key key) {
    return relations.above(relation.child()).stream()
        .filter(other -> other.name().equals(relation.name()))
        .anyMatch(other -> tree.find(other.parent(), other.targetColumns(), key).isPresent());
  }

  private void forgetPresent(Need need) throws IOException, InterruptedException {
    for (Relation way : need.ways()) {
      Optional<TablePair> pair = pairs.ofBackup(way.parent());
      if (pair.isPresent()) {
        List<String> columns = way.targetColumns();
        for (LiveRow row :
            live.rows(pair.get().after(), columns, need.keys().keySet(), Set.copyOf(columns))) {
          row.key(columns).ifPresent(need.keys()::remove);
        }
      }
    }
  }

  private List<Item> find(List<Need> needs) throws IOException {
    List<Probe> probes = new ArrayList<>();
    for (Need need : needs) {
      for (Relation way : need.ways()) {
        Probe probe = Probe.of(way.parent(), way.targetColumns());
        need.keys().keySet().forEach(key -> probe.want(key, Optional.empty()));
        probes.add(probe);
      }
    }
    List<TreeRow> rows = probes.isEmpty() ? List.of() : search.findNeeded(probes);
    List<Item> items = new ArrayList<>();
    for (TreeRow row : rows) {
      items.add(Item.ofBackup(row, pairs.ofBackup(row.table())));
    }
    for (Need need : needs) {
      Set<Key> present = new HashSet<>();
      for (Relation way : need.ways()) {
        for (Item item : items) {
          if (item.before().orElseThrow().table().name().equals(way.parent().name())) {
            item.key(way.targetColumns())
                .filter(need.keys()::containsKey)
                .ifPresent(key -> {
                  present.add(key);
                  showBelow(item, need.keys().getOrDefault(key, List.of()));
                });
          }
        }
      }
      need.keys()
          .forEach((key, children) -> {
            if (!present.contains(key)) {
              nowhere(need.ways().getFirst(), key, children);
            }
          });
    }
    return items;
  }

  private static void showBelow(Item needed, List<Item> children) {
    if (needed.shownBelow().isEmpty() && !children.isEmpty()) {
      needed.showBelow(children.getFirst());
    }
  }

  private void nowhere(Relation relation, Key key, List<Item> children) {
    String parent = relation.parent().logicalName() + "/" + String.join(",", key.values());
    boolean enforced = relation.kind() == Relation.Kind.FOREIGN_KEY && isLive(relation);
    if (enforced) {
      String detail =
          "constraint " + relation.name() + ": " + parent + " is neither live nor in the backup";
      children.stream()
          .filter(child -> child.status() != Status.LEFT_ALONE)
          .forEach(child -> child.leaveAlone(Conflict.Reason.PARENT_GONE, detail));
    } else {
      notes.add(
          relation.child().logicalName()
              + " refers to "
              + parent
              + ", which is gone; no constraint"
              + " of the database minds");
    }
  }

  private boolean isLive(Relation relation) {
    return liveKeys.stream()
        .anyMatch(key ->
            relation.child().isPartOf(key.from())
                && Set.copyOf(key.columns()).equals(Set.copyOf(relation.columns())));
  }
}
