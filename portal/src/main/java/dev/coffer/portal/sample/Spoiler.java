package dev.coffer.portal.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Spoils the chosen rows of one table as they pass, and keeps a list of them. For one thread. */
final class Spoiler {
  private final List<Blemish.Placed> places;
  private final List<PlantedFlaws.PlantedFlaw> planted = new ArrayList<>();

  Spoiler(List<Blemish> blemishes, String table, int rows, IntPredicate spared) {
    this.places = Blemish.place(blemishes, table, rows, spared);
  }

  /** The blemish of this row, if any. Every row must be asked for, in order. */
  @Nullable Blemish spoil(int row, String id) {
    if (planted.size() == places.size() || places.get(planted.size()).row() != row) {
      return null;
    }
    Blemish blemish = places.get(planted.size()).blemish();
    planted.add(
        new PlantedFlaws.PlantedFlaw(blemish.rule(), blemish.table(), id, blemish.column()));
    return blemish;
  }

  List<PlantedFlaws.PlantedFlaw> planted() {
    return List.copyOf(planted);
  }
}
