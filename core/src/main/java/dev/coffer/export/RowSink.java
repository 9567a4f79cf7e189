package dev.coffer.export;

import dev.coffer.json.RowDecoder;

/** Takes the rows of a table as they come. */
@FunctionalInterface
interface RowSink {

  /**
   * Takes the next row.
   *
   * @param row its values, until the next call
   * @param line holds its line in the document, between {@code from} and {@code to}
   */
  void row(RowDecoder row, byte[] line, int from, int to);
}
