package dev.coffer.archive;

import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Table;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;

/** Which sealed values belong to which rows: both stand in the same order. */
public final class SealedPlaces {

  private SealedPlaces() {}

  /**
   * The chunks of sealed values, by the place of the chunk whose rows they belong to.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED}
   */
  public static Map<Integer, ChunkEntry> of(List<Table> tables, List<ChunkEntry> chunks) {
    Set<String> sealing =
        tables.stream()
            .filter(table -> !table.sealedColumns().isEmpty())
            .map(Table::logicalName)
            .collect(Collectors.toSet());
    Queue<ChunkEntry> sealed =
        chunks.stream()
            .filter(ChunkEntry::sealed)
            .collect(Collectors.toCollection(ArrayDeque::new));
    Map<Integer, ChunkEntry> places = new HashMap<>();
    for (int i = 0; i < chunks.size(); i++) {
      boolean hasSecrets = !chunks.get(i).sealed() && sealing.contains(chunks.get(i).table());
      if (hasSecrets) {
        ChunkEntry secrets = sealed.poll();
        if (secrets == null) {
          throw Json.damaged(
              "a chunk of table " + chunks.get(i).table() + " lacks its sealed values");
        }
        places.put(i, secrets);
      }
    }
    return places;
  }
}
