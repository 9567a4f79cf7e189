package dev.coffer.export;

import dev.coffer.archive.ArchiveReader;
import dev.coffer.archive.Pieces;
import dev.coffer.bytes.ByteSink;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import java.io.IOException;
import java.nio.file.Path;

/** A file in which chunks can be found without reading the rest. */
final class IndexedSource implements Source {
  private final ArchiveReader archive;

  private IndexedSource(ArchiveReader archive) {
    this.archive = archive;
  }

  static IndexedSource open(Path file, Pieces.Form form) throws IOException {
    ArchiveReader archive = ArchiveReader.open(file, form);
    try {
      archive.checkSignature();
      return new IndexedSource(archive);
    } catch (IOException | RuntimeException failure) {
      archive.close();
      throw failure;
    }
  }

  @Override
  public BackupHeader header() {
    return archive.header();
  }

  @Override
  public BackupMetadata metadata() {
    return archive.metadata();
  }

  @Override
  public ByteSink chunk(ChunkEntry chunk) throws IOException {
    return archive.chunk(chunk);
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
