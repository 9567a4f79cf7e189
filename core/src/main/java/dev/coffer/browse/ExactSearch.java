package dev.coffer.browse;

import dev.coffer.json.RowDecoder;
import dev.coffer.restore.record.ValueSearch;

/** Rows by the values of columns. */
record ExactSearch(ValueSearch search) implements RowSearch {

  @Override
  public int[] places(byte[] text, int length) {
    return search.places(text, length);
  }

  @Override
  public boolean fits(RowDecoder row) {
    return search.fits(row);
  }
}
