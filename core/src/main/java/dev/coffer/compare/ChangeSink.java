package dev.coffer.compare;

import java.io.IOException;

/** Takes the differences as they are found: table after table, rows in no particular order. */
public interface ChangeSink {

  /** Begins a table. It may turn out to have no differences. */
  void table(TablePair pair) throws IOException;

  void change(TablePair pair, Change change) throws IOException;
}
