package dev.coffer.restore.rebuild;

import dev.coffer.archive.OpenedBackup;
import dev.coffer.bytes.ByteSink;
import dev.coffer.chunk.TableHash;
import dev.coffer.loading.LargeObjectPage;
import dev.coffer.model.Table;
import dev.coffer.restore.rebuild.CopyFormats.RowWriter;
import java.io.IOException;
import java.util.Optional;

/**
 * A chunk's rows as the server takes them: lines of COPY's text format, tuples of its binary one
 * or, for large objects, statements.
 *
 * @param text the feed's; valid until the next chunk is asked for
 * @param documentBytes how long the chunk is in the document
 * @param hash of its rows, where these have to be compared by it
 */
record DecodedChunk(
    Piece piece,
    ByteSink text,
    long rows,
    long documentBytes,
    Optional<TableHash> hash,
    ClosedValues closed) {

  /** A chunk of a table, by its place in the metadata. */
  record Piece(Table table, int place) {}

  static DecodedChunk read(OpenedBackup backup, Piece piece, RowWriter writer, ByteSink text)
      throws IOException {
    Table table = piece.table();
    Optional<TableHash> hash =
        backup.signsFrames() ? Optional.empty() : Optional.of(new TableHash());
    ClosedValues closed = new ClosedValues(table);
    boolean anyClosed = !table.sealedColumns().isEmpty() && !backup.opensSecrets();
    long rows =
        table.kind() == Table.Kind.LARGE_OBJECTS
            ? pages(backup, piece, hash, text)
            : backup.rows(
                table,
                piece.place(),
                hash,
                row -> {
                  if (anyClosed) {
                    closed.add(row.values());
                  }
                  writer.append(row.values(), text);
                });
    long bytes = backup.metadata().chunks().get(piece.place()).bytes();
    return new DecodedChunk(piece, text, rows, bytes, hash, closed);
  }

  private static long pages(
      OpenedBackup backup, Piece piece, Optional<TableHash> hash, ByteSink text)
      throws IOException {
    LargeObjectPage page = new LargeObjectPage();
    return backup.rows(piece.table(), piece.place(), hash, row -> page.append(row.values(), text));
  }
}
