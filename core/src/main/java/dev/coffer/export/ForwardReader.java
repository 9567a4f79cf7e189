package dev.coffer.export;

import dev.coffer.archive.DocumentReader;
import dev.coffer.archive.Part;
import dev.coffer.archive.PieceDamage;
import dev.coffer.archive.Pieces;
import dev.coffer.bytes.ByteSink;
import dev.coffer.model.ChunkEntry;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds chunks in a file that is encrypted as a whole, one after another. */
final class ForwardReader implements AutoCloseable {
  private final DocumentReader document;
  private final ByteSink text = new ByteSink(1 << 16);

  private ForwardReader(DocumentReader document) {
    this.document = document;
  }

  static ForwardReader open(Path file, List<Identity> identities) throws IOException {
    try {
      return new ForwardReader(
          new DocumentReader(Pieces.open(file, Pieces.Form.ENCRYPTED, identities)));
    } catch (PieceDamage damage) {
      throw Damage.of(damage);
    }
  }

  /** The text of a chunk that stands after those asked for before. */
  ByteSink chunk(ChunkEntry chunk) throws IOException {
    try {
      while (true) {
        Interrupted.check();
        Part part = document.next(text);
        if (part instanceof Part.Lines lines && lines.at() == chunk.at()) {
          ChunkHash.check(chunk, text);
          return text;
        }
        if (part instanceof Part.End) {
          throw Damage.of("table " + chunk.table() + " lacks a chunk that the metadata lists");
        }
      }
    } catch (PieceDamage damage) {
      throw Damage.of(damage);
    }
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
