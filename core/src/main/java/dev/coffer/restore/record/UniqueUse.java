package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.model.QualifiedName;
import dev.coffer.restore.record.Live.LiveRow;
import dev.coffer.restore.record.RecordTree.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Finds live rows that have values which a row of the tree needs for itself. Unique constraints and
 * plain unique indexes are looked at; of an index on an expression or on some rows the server alone
 * can tell.
 */
final class UniqueUse {
  private final Live live;
  private final Interest interest;
  private final TreeIndex tree;
  private final Relations liveRelations;
  private final RecordOptions options;
  private final Map<Object, Item> takenOver = new LinkedHashMap<>();

  /**
   * @param liveRelations of the live database
   */
  UniqueUse(
      Live live,
      Interest interest,
      TreeIndex tree,
      Relations liveRelations,
      RecordOptions options) {
    this.live = live;
    this.interest = interest;
    this.tree = tree;
    this.liveRelations = liveRelations;
    this.options = options;
  }

  /**
   * Leaves items of the tree alone whose values are in use.
   *
   * @param onlyLive rows that will be deleted, where rows are
   */
  void judge(List<Item> items, List<Item> onlyLive) throws IOException, InterruptedException {
    Map<QualifiedName, List<Item>> byTable = new LinkedHashMap<>();
    for (Item item : items) {
      if (item.isWritten(options)) {
        byTable
            .computeIfAbsent(item.pair().orElseThrow().before().name(), name -> new ArrayList<>())
            .add(item);
      }
    }
    Set<Object> going = new HashSet<>();
    onlyLive.forEach(item -> going.addAll(identities(item.after().orElseThrow())));
    for (List<Item> ofTable : byTable.values()) {
      TablePair pair = ofTable.getFirst().pair().orElseThrow();
      for (List<String> key : Pairs.keys(pair.after())) {
        boolean comparable =
            !key.equals(pair.key())
                && interest.columns(pair.before()).containsAll(key)
                && names(pair).containsAll(key);
        if (comparable) {
          judge(pair, key, ofTable, going);
        }
      }
    }
  }

  private static Set<String> names(TablePair pair) {
    Set<String> names = new HashSet<>();
    pair.columns().forEach(column -> names.add(column.before().name()));
    return names;
  }

  private void judge(TablePair pair, List<String> unique, List<Item> items, Set<Object> going)
      throws IOException, InterruptedException {
    Map<Key, Item> wanted = new HashMap<>();
    items.forEach(item -> item.key(unique).ifPresent(key -> wanted.put(key, item)));
    Set<String> keep = interest.columns(pair.after());
    for (LiveRow row : live.rows(pair.after(), unique, wanted.keySet(), keep)) {
      Item item = row.key(unique).map(wanted::get).orElse(null);
      if (item == null || isOwn(pair, item, row) || isFreed(pair, unique, row, going)) {
        continue;
      }
      String other =
          row.key(Pairs.keys(pair.after()).getFirst())
              .map(key -> pair.after().logicalName() + "/" + String.join(",", key.values()))
              .orElse("another row");
      String detail = "unique (" + String.join(", ", unique) + "): in use by " + other;
      if (!options.takeOver()) {
        item.leaveAlone(Conflict.Reason.UNIQUE_IN_USE, detail);
      } else if (isNeeded(pair, row)) {
        item.leaveAlone(
            Conflict.Reason.UNIQUE_IN_USE, detail + ", which others need, so that it stays");
      } else {
        Item gone = Item.onlyLive(row, pair, item);
        gone.takeOver(Conflict.Reason.UNIQUE_IN_USE, detail.replace(other, "it") + ", taken over");
        takenOver.putIfAbsent(new Identity(row.table().name(), pair.key(), key(pair, row)), gone);
      }
    }
  }

  private static Key key(TablePair pair, LiveRow row) {
    return row.key(pair.key()).orElseThrow();
  }

  /** Whether a row cannot be deleted: it is one of the record's, or others refer to it. */
  private boolean isNeeded(TablePair pair, LiveRow row) throws IOException, InterruptedException {
    Optional<Key> key = pair.key().isEmpty() ? Optional.empty() : row.key(pair.key());
    if (key.isEmpty() || tree.find(pair.before(), pair.key(), key.get()).isPresent()) {
      return true;
    }
    for (Relation relation : liveRelations.below(pair.after())) {
      Optional<Key> target = row.key(relation.targetColumns());
      boolean known =
          relation.targetColumns().stream().allMatch(interest.columns(pair.after())::contains);
      boolean referred =
          !known
              || (target.isPresent()
                  && !live.rows(
                          relation.child(), relation.columns(), List.of(target.get()), Set.of())
                      .isEmpty());
      if (referred) {
        return true;
      }
    }
    return false;
  }

  /** Live rows to be deleted, since the record needs a value that is theirs. */
  List<Item> takenOver() {
    return List.copyOf(takenOver.values());
  }

  /** Whether the live row is the one that the item stands for. */
  private static boolean isOwn(TablePair pair, Item item, LiveRow row) {
    return !pair.key().isEmpty() && item.key(pair.key()).equals(row.key(pair.key()));
  }

  /** Whether the live row will be deleted, or changed so that it has other values. */
  private boolean isFreed(TablePair pair, List<String> unique, LiveRow row, Set<Object> going) {
    if (options.deletes() && identities(row).stream().anyMatch(going::contains)) {
      return true;
    }
    Optional<Item> item =
        pair.key().isEmpty()
            ? Optional.empty()
            : row.key(pair.key()).flatMap(key -> tree.find(pair.before(), pair.key(), key));
    return options.changes()
        && item.filter(found -> found.status() == Status.DIFFERS).isPresent()
        && !Objects.equals(item.get().key(unique), row.key(unique));
  }

  private record Identity(QualifiedName table, List<String> columns, Key key) {}

  private static Set<Object> identities(LiveRow row) {
    Set<Object> identities = new HashSet<>();
    for (List<String> columns : Pairs.keys(row.table())) {
      row.key(columns)
          .ifPresent(key -> identities.add(new Identity(row.table().name(), columns, key)));
    }
    return identities;
  }
}
