package dev.coffer.restore.record;

import dev.coffer.compare.Change;
import dev.coffer.compare.ChangeSink;
import dev.coffer.compare.TablePair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives what a restore of the items would change, table by table. */
final class RecordChanges {

  private RecordChanges() {}

  static void give(List<Item> items, ChangeSink sink) throws IOException {
    Map<String, List<Item>> byTable = new LinkedHashMap<>();
    for (Item item : items) {
      if (item.pair().isPresent()) {
        byTable
            .computeIfAbsent(item.pair().get().before().logicalName(), name -> new ArrayList<>())
            .add(item);
      }
    }
    for (List<Item> ofTable : byTable.values()) {
      TablePair pair = ofTable.getFirst().pair().orElseThrow();
      sink.table(pair);
      for (Item item : ofTable) {
        Optional<Change> change = change(item);
        if (change.isPresent()) {
          sink.change(pair, change.get());
        }
      }
    }
  }

  private static Optional<Change> change(Item item) {
    return switch (item.status()) {
      case TO_INSERT -> Optional.of(new Change.Removed(item.before().orElseThrow().row()));
      case DIFFERS ->
          Optional.of(
              new Change.Changed(
                  item.before().orElseThrow().row(), item.after().orElseThrow().row()));
      case ONLY_LIVE -> Optional.of(new Change.Added(item.after().orElseThrow().row()));
      case SAME, LEFT_ALONE -> Optional.empty();
    };
  }
}
