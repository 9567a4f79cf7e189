package dev.coffer.browse;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.Table;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A document of Coffer's own. Its stretches are its chunks, each compared with its hash. */
record DocumentSource(OpenedBackup backup) implements Source {

  @Override
  public List<Table> tables() {
    return backup.header().schema().tables();
  }

  @Override
  public List<ForeignKey> foreignKeys() {
    return backup.header().schema().foreignKeys();
  }

  @Override
  public List<Stretch> stretches(Table table) {
    List<ChunkEntry> chunks = backup.metadata().chunks();
    return backup.chunks(table).stream()
        .map(chunks::get)
        .map(chunk -> new Stretch(chunk.rows(), chunk.bytes()))
        .toList();
  }

  @Override
  public void find(Table table, int stretch, OpenedBackup.Search search, Sink sink) {
    int place = backup.chunks(table).get(stretch);
    try {
      backup.find(table, place, search, (row, number) -> sink.row(row.values(), number));
    } catch (IOException unreadable) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          "cannot read " + backup.file().getFileName(),
          "Check the disk that holds the backups.",
          unreadable);
    }
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public void close() {
    backup.close();
  }
}
