package dev.coffer.portal.sample;

import java.sql.SQLException;
import java.util.List;

/** Writes all rows of one table, in the order of its columns. */
interface SampleTable {
  /** The physical name. */
  String name();

  void write(CopyText rows) throws SQLException;

  /** The flaws planted by {@link #write}, known once it has returned. */
  default List<PlantedFlaws.PlantedFlaw> planted() {
    return List.of();
  }
}
