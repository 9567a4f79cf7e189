package dev.coffer.browse;

import dev.coffer.json.RowDecoder;

/** Finds rows in chunks: at least those that fit by their text, then those that do. */
sealed interface RowSearch permits TextSearch, ExactSearch {

  /** As {@link dev.coffer.archive.OpenedBackup.Search#places}. */
  int[] places(byte[] text, int length);

  /** Whether a row that was pointed at is wanted indeed. */
  boolean fits(RowDecoder row);
}
