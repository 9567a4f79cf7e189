package dev.coffer.export;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import java.io.IOException;

/**
 * A backup's chunks, each compared with its hash. Rows are asked for in the document's order, and
 * so are sealed values; the two may alternate. For one thread.
 */
sealed interface Source extends AutoCloseable permits IndexedSource, StreamedSource {

  BackupHeader header();

  BackupMetadata metadata();

  /**
   * A chunk's text, valid until the next chunk of its sort is asked for.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED}
   */
  ByteSink chunk(ChunkEntry chunk) throws IOException;

  @Override
  void close() throws IOException;
}
