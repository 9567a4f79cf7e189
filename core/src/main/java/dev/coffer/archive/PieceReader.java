package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads a stored document piece by piece, front to back, in constant memory: header, then by turns
 * what stands between chunks and chunks. For one thread.
 */
public sealed interface PieceReader extends AutoCloseable permits FramedPieces, PlainPieces {

  /**
   * The next piece's text, into {@code target}; false at the end.
   *
   * @throws PieceDamage if the next piece cannot be read
   */
  boolean next(ByteSink target) throws IOException, PieceDamage;

  /** Where the piece read last begins in the document. */
  long textAt();

  /** Where the piece read last begins in the file, for messages. */
  long storedAt();

  /**
   * After the end: what is wrong with the parts of the file that are not text, the index above all.
   */
  Optional<PieceDamage> afterText() throws IOException;

  @Override
  void close() throws IOException;
}
