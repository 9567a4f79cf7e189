package dev.coffer.restore.record;

import dev.coffer.restore.record.RecordTree.Status;
import java.util.Optional;

/**
 * Leaves alone what hangs on rows that are left alone: it would dangle, or come to belong to
 * somebody else.
 */
final class LeftAlone {
  private final Relations relations;
  private final TreeIndex tree;

  LeftAlone(Relations relations, TreeIndex tree) {
    this.relations = relations;
    this.tree = tree;
  }

  void spread() {
    boolean more = true;
    while (more) {
      more = false;
      for (Item item : tree.items()) {
        if (item.isWritten()) {
          Optional<Item> parent = leftAloneParent(item);
          parent.ifPresent(above ->
              item.leaveAlone(Conflict.Reason.PARENT_LEFT_ALONE, "it refers to " + above.name()));
          more |= parent.isPresent();
        }
      }
    }
  }

  private Optional<Item> leftAloneParent(Item item) {
    return relations.above(item.before().orElseThrow().table()).stream()
        .map(relation -> tree.parent(relation, item))
        .flatMap(Optional::stream)
        .filter(parent -> parent != item && parent.status() == Status.LEFT_ALONE)
        .filter(LeftAlone::isNoParentNow)
        .findFirst();
  }

  /** A row that is there and is only not changed is a parent as good as before. */
  private static boolean isNoParentNow(Item parent) {
    return parent.after().isEmpty()
        || switch (parent.conflict().orElseThrow().reason()) {
          case BELONGS_TO_ANOTHER, KEY_TAKEN, PARENT_LEFT_ALONE, TABLE_GONE -> true;
          case UNIQUE_IN_USE, PARENT_GONE, LINK_LOST -> false;
        };
  }
}
