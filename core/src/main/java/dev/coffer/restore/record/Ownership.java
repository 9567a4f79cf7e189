package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.model.Table;
import dev.coffer.restore.record.Live.LiveRow;
import dev.coffer.restore.record.RecordTree.Role;
import dev.coffer.restore.record.RecordTree.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says of rows that are there and differ whether they are still what they were.
 *
 * <p>A row belongs to another record when a reference that tied it to the tree leads elsewhere, and
 * none of the others that tied it is left. Its key was taken again when it came into being at
 * another time; where no column tells that, when it has unique values besides its key and all of
 * them are others.
 */
final class Ownership {
  private final Relations relations;
  private final TreeIndex tree;
  private final boolean takeOver;

  Ownership(Relations relations, TreeIndex tree, boolean takeOver) {
    this.relations = relations;
    this.tree = tree;
    this.takeOver = takeOver;
  }

  void judge() {
    for (Item item : tree.items()) {
      if (item.status() == Status.DIFFERS) {
        LiveRow live = item.after().orElseThrow();
        if (keyTaken(item, live)) {
          tell(item, Conflict.Reason.KEY_TAKEN, item.name() + " is another row now");
        } else {
          otherOwner(item, live)
              .ifPresentOrElse(
                  detail -> tell(item, Conflict.Reason.BELONGS_TO_ANOTHER, detail),
                  () -> lostLink(item, live).ifPresent(item::linkLost));
        }
      }
    }
  }

  private void tell(Item item, Conflict.Reason reason, String detail) {
    if (takeOver) {
      item.takeOver(reason, detail);
    } else {
      item.leaveAlone(reason, detail);
    }
  }

  private static boolean keyTaken(Item item, LiveRow live) {
    TablePair pair = item.pair().orElseThrow();
    Table before = pair.before();
    Optional<String> created = CreationTime.column(before);
    if (created.isPresent() && CreationTime.column(pair.after()).equals(created)) {
      Optional<String> then = item.value(created.get());
      Optional<String> now = Optional.ofNullable(live.values().get(created.get()));
      if (then.isPresent() && now.isPresent()) {
        return !then.equals(now);
      }
    }
    List<List<String>> unique =
        Pairs.keys(before).stream()
            .filter(key -> !key.equals(pair.key()))
            .filter(key -> item.key(key).isPresent() && live.key(key).isPresent())
            .toList();
    return !unique.isEmpty()
        && unique.stream().noneMatch(key -> item.key(key).equals(live.key(key)));
  }

  /** The reference to a row of the record that is null now. */
  private Optional<String> lostLink(Item item, LiveRow live) {
    TablePair pair = item.pair().orElseThrow();
    Set<String> both = new HashSet<>();
    pair.columns().forEach(column -> both.add(column.after().name()));
    for (Relation relation : relations.above(pair.before())) {
      Optional<Item> parent = tree.parent(relation, item);
      boolean lost =
          parent.isPresent()
              && parent.get() != item
              && relation.kind() == Relation.Kind.FOREIGN_KEY
              && both.containsAll(relation.columns())
              && live.key(relation.columns()).isEmpty();
      if (lost) {
        return Optional.of(
            "%s led to %s and is null now"
                .formatted(String.join(", ", relation.columns()), parent.get().name()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> otherOwner(Item item, LiveRow live) {
    Optional<String> elsewhere = Optional.empty();
    for (Relation relation : relations.above(item.pair().orElseThrow().before())) {
      Optional<Key> then = item.key(relation.columns());
      Optional<Item> parent = tree.parent(relation, item);
      boolean tied = parent.isPresent() && parent.get().role() != Role.NEEDED;
      if (tied && parent.get() != item) {
        Optional<Key> now = live.key(relation.columns());
        if (now.equals(then)) {
          return Optional.empty();
        }
        if (now.isPresent() && elsewhere.isEmpty()) {
          elsewhere =
              Optional.of(
                  String.join(", ", relation.columns())
                      + " leads to "
                      + relation.parent().logicalName()
                      + "/"
                      + String.join(",", now.get().values())
                      + " now");
        }
      }
    }
    return elsewhere;
  }
}
