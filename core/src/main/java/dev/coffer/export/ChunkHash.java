package dev.coffer.export;

import dev.coffer.archive.Lines;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.ChunkHasher;
import dev.coffer.model.ChunkEntry;

/** Compares chunks with what the metadata says of them. */
final class ChunkHash {

  private ChunkHash() {}

  static void check(ChunkEntry chunk, ByteSink text) {
    ChunkHasher hasher = new ChunkHasher();
    Lines.of(text, (bytes, from, to) -> hasher.line(bytes, from, to - from));
    if (text.length() != chunk.bytes() || !Sha256.hex(hasher.finish()).equals(chunk.sha256())) {
      throw Damage.of(
          "table " + chunk.table() + ", byte " + chunk.at() + ": a chunk differs from its hash");
    }
  }
}
