package dev.coffer.export;

import dev.coffer.archive.Lines;
import dev.coffer.archive.Pieces;
import dev.coffer.archive.SealedLine;
import dev.coffer.bytes.ByteSink;
import dev.coffer.chunk.FrameHeader;
import dev.coffer.chunk.Frames;
import dev.coffer.error.CofferException;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Table;
import dev.coffer.seal.BackupOpener;
import java.util.Optional;

/** Takes the chunks of one table apart into rows, with their sealed values if these are opened. */
final class ChunkRows implements AutoCloseable {
  private final Table table;
  private final Optional<BackupOpener> opener;
  private final RowSink sink;
  private final RowDecoder decoder;
  private final Frames frames = new Frames();
  private final ByteSink secrets = new ByteSink(1 << 12);
  private int secretAt;
  private long secretRows;
  private long count;

  ChunkRows(Table table, Optional<BackupOpener> opener, RowSink sink) {
    this.table = table;
    this.opener = opener;
    this.sink = sink;
    decoder = new RowDecoder(table);
  }

  /**
   * Opens the sealed values of the chunk that is read next.
   *
   * @param chunk its place in the metadata's list
   */
  void secrets(int chunk, ByteSink text) {
    SealedLine line =
        SealedLine.read(text.toByteArray())
            .filter(found -> found.table().equals(table.logicalName()) && found.chunk() == chunk)
            .orElseThrow(() -> damaged("the sealed values of chunk " + chunk + " are not its own"));
    byte[] frame = opener.orElseThrow().open(line.ageFile());
    long size =
        FrameHeader.of(frame, frame.length)
            .map(FrameHeader::contentBytes)
            .filter(bytes -> bytes <= Pieces.largestPiece())
            .orElseThrow(() -> damaged("the sealed values of chunk " + chunk + " are no frame"));
    frames.decompress(frame, 0, frame.length, (int) size, secrets);
    secretRows = line.rows();
    secretAt = 0;
  }

  /**
   * Gives the chunk's rows to the sink.
   *
   * @return how many they are
   */
  long read(ChunkEntry chunk, ByteSink text) {
    count = 0;
    try {
      Lines.of(text, this::row);
    } catch (RowFormatException malformed) {
      long at = chunk.at() + malformed.position();
      throw damaged("a row is not what the schema says, near byte " + at + " of the document");
    }
    boolean secretsLeft =
        opener.isPresent() && (secretAt != secrets.length() || secretRows != count);
    if (count != chunk.rows() || secretsLeft) {
      throw damaged("the chunk at byte " + chunk.at() + " has another number of rows than it says");
    }
    return count;
  }

  private void row(byte[] bytes, int from, int to) throws RowFormatException {
    decoder.read(bytes, from, to);
    if (opener.isPresent()) {
      int end = secretAt;
      while (end < secrets.length() && secrets.array()[end] != '\n') {
        end++;
      }
      decoder.open(secrets.array(), secretAt, end);
      secretAt = end + 1;
    }
    count++;
    sink.row(decoder, bytes, from, to);
  }

  private CofferException damaged(String fact) {
    return Damage.of("table " + table.logicalName() + ": " + fact);
  }

  @Override
  public void close() {
    frames.close();
  }
}
