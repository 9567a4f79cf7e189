package dev.coffer.export;

import dev.coffer.archive.DocumentReader;
import dev.coffer.archive.Lines;
import dev.coffer.archive.Part;
import dev.coffer.archive.PieceDamage;
import dev.coffer.archive.Pieces;
import dev.coffer.archive.SignedMetadata;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.ChunkHasher;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The document's own text. What was copied is compared with the metadata's hashes, and these with
 * their signature, when they have come, at the end.
 */
final class DocumentCopy {
  private final Progress progress;
  private final ChunkHasher hasher = new ChunkHasher();

  /** The hashes of the chunks so far, one after another. */
  private final ByteSink hashes = new ByteSink(1 << 12);

  private byte[] headerHash = {};
  private byte[] signed = {};
  private String table = "";
  private long rows;

  private DocumentCopy(Progress progress) {
    this.progress = progress;
  }

  static void write(
      Path file, Pieces.Form form, List<Identity> identities, Output output, Progress progress)
      throws IOException {
    progress.stage("copying the document");
    DocumentCopy copy = new DocumentCopy(progress);
    try (DocumentReader reader =
        new DocumentReader(Pieces.open(file, form, identities), output.asStream())) {
      ByteSink text = new ByteSink(1 << 16);
      Part part = reader.next(text);
      while (!(part instanceof Part.End)) {
        Interrupted.check();
        copy.look(part);
        part = reader.next(text);
      }
    } catch (PieceDamage damage) {
      throw Damage.of(damage);
    }
  }

  private void look(Part part) {
    switch (part) {
      case Part.Header header -> headerHash = header.sha256();
      case Part.Lines lines -> chunk(lines);
      case Part.Metadata metadata -> {
        signed = metadata.object();
        compare(metadata.metadata());
      }
      case Part.Signature signature -> SignedMetadata.check(signed, signature);
      case Part.End end -> {}
    }
  }

  private void chunk(Part.Lines lines) {
    rows = 0;
    Lines.of(
        lines.text(),
        (bytes, from, to) -> {
          hasher.line(bytes, from, to - from);
          rows++;
        });
    hashes.put(hasher.finish());
    if (!lines.sealed()) {
      String name = lines.table().logicalName();
      if (!name.equals(table)) {
        table = name;
        progress.table(name, 0);
      }
      progress.advanced(name, rows, lines.text().length());
    }
  }

  private void compare(BackupMetadata metadata) {
    if (!Sha256.hex(headerHash).equals(metadata.headerSha256())) {
      throw Damage.of("the header differs from its hash");
    }
    int at = 0;
    for (ChunkEntry chunk : metadata.chunks()) {
      byte[] hash = new byte[Sha256.BYTES];
      if (at + Sha256.BYTES <= hashes.length()) {
        System.arraycopy(hashes.array(), at, hash, 0, Sha256.BYTES);
      }
      if (!Sha256.hex(hash).equals(chunk.sha256())) {
        throw Damage.of(
            "table " + chunk.table() + ", byte " + chunk.at() + ": a chunk differs from its hash");
      }
      at += Sha256.BYTES;
    }
    if (at != hashes.length()) {
      throw Damage.of("the document has chunks that its metadata does not list");
    }
  }
}
