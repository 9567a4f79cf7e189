package dev.coffer.browse;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.json.RowDecoder;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.Table;
import java.util.List;
import java.util.Optional;

/** What rows are read from. Each table is stretches of rows, one after another. For one thread. */
sealed interface Source extends AutoCloseable permits DocumentSource, LegacySource {

  /**
   * Rows that are read together.
   *
   * @param bytes of the document that they are, or about so many
   */
  record Stretch(long rows, long bytes) {}

  /** Takes rows as they come. */
  @FunctionalInterface
  interface Sink {

    /**
     * Takes the next row.
     *
     * @param row its values, until the next call
     * @param number its place in the stretch, from 0
     */
    void row(RowDecoder row, int number);
  }

  List<Table> tables();

  List<ForeignKey> foreignKeys();

  List<Stretch> stretches(Table table);

  /**
   * Gives the rows of a stretch that a search points at, and parses no others.
   *
   * @param stretch its place in {@link #stretches}
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED}, {@code FILE_UNREADABLE}
   */
  void find(Table table, int stretch, OpenedBackup.Search search, Sink sink);

  /** Why not all of it can be read. */
  Optional<String> problem();

  @Override
  void close();
}
