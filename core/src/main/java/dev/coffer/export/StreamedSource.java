package dev.coffer.export;

import dev.coffer.archive.DocumentReader;
import dev.coffer.archive.Part;
import dev.coffer.archive.PieceDamage;
import dev.coffer.archive.Pieces;
import dev.coffer.archive.SignedMetadata;
import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file that is encrypted as a whole and can only be read from front to back. It is decrypted up
 * to three times at once rather than stored in the clear: for the metadata at its end; for the
 * rows; for the sealed values, which follow the rows in the same order.
 */
final class StreamedSource implements Source {
  private final Path file;
  private final List<Identity> identities;
  private final BackupHeader header;
  private final BackupMetadata metadata;
  private Optional<ForwardReader> rows = Optional.empty();
  private Optional<ForwardReader> secrets = Optional.empty();

  private StreamedSource(
      Path file, List<Identity> identities, BackupHeader header, BackupMetadata metadata) {
    this.file = file;
    this.identities = identities;
    this.header = header;
    this.metadata = metadata;
  }

  static StreamedSource open(Path file, List<Identity> identities) throws IOException {
    try (DocumentReader reader =
        new DocumentReader(Pieces.open(file, Pieces.Form.ENCRYPTED, identities))) {
      ByteSink text = new ByteSink(1 << 16);
      Optional<Part.Header> header = Optional.empty();
      Optional<Part.Metadata> metadata = Optional.empty();
      while (true) {
        Interrupted.check();
        switch (reader.next(text)) {
          case Part.Header found -> header = Optional.of(found);
          case Part.Metadata found -> metadata = Optional.of(found);
          case Part.Signature found -> SignedMetadata.check(metadata.orElseThrow().object(), found);
          case Part.End end -> {
            return of(file, identities, header.orElseThrow(), metadata.orElseThrow().metadata());
          }
          default -> {}
        }
      }
    } catch (PieceDamage damage) {
      throw Damage.of(damage);
    }
  }

  private static StreamedSource of(
      Path file, List<Identity> identities, Part.Header header, BackupMetadata metadata) {
    if (!Sha256.hex(header.sha256()).equals(metadata.headerSha256())) {
      throw Damage.of("the header differs from its hash");
    }
    return new StreamedSource(file, identities, header.header(), metadata);
  }

  @Override
  public BackupHeader header() {
    return header;
  }

  @Override
  public BackupMetadata metadata() {
    return metadata;
  }

  @Override
  public ByteSink chunk(ChunkEntry chunk) throws IOException {
    return (chunk.sealed() ? secrets() : rows()).chunk(chunk);
  }

  private ForwardReader rows() throws IOException {
    if (rows.isEmpty()) {
      rows = Optional.of(ForwardReader.open(file, identities));
    }
    return rows.get();
  }

  private ForwardReader secrets() throws IOException {
    if (secrets.isEmpty()) {
      secrets = Optional.of(ForwardReader.open(file, identities));
    }
    return secrets.get();
  }

  @Override
  public void close() throws IOException {
    if (rows.isPresent()) {
      rows.get().close();
    }
    if (secrets.isPresent()) {
      secrets.get().close();
    }
  }
}
