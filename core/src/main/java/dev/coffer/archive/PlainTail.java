package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.model.Finding;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The end of a document stored as text.
 *
 * @param metadata the object's bytes
 * @param metadataAt where the line with the metadata begins
 * @param signatureAt where the line with the signature begins
 */
@SuppressWarnings("ArrayRecordComponent") // copied nowhere, compared nowhere
record PlainTail(byte[] metadata, long metadataAt, long signatureAt, long fileSize) {
  private static final byte[] BEGIN = bytes("\n" + Layout.METADATA + "{");
  private static final byte[] BETWEEN = bytes("}" + Layout.BETWEEN_LINES + Layout.SIGNATURE + "{");
  private static final int FIRST_LOOK = 1 << 16;

  /** Looks for the last line that is the metadata's, in growing steps from the end of the file. */
  static PlainTail find(FileChannel channel) throws IOException, PieceDamage {
    long size = channel.size();
    ByteSink tail = new ByteSink(FIRST_LOOK);
    long look = FIRST_LOOK;
    while (true) {
      int count = (int) Math.min(Math.min(look, size), Pieces.largestPiece());
      PlainPieces.read(channel, size - count, count, tail);
      int at = lastIndexOf(BEGIN, tail.array(), tail.length());
      if (at >= 0) {
        return of(tail, at, size);
      }
      if (count == size) {
        throw new PieceDamage(
            Finding.Code.CUT_SHORT, "byte " + size, "the document ends before its metadata");
      }
      if (count == Pieces.largestPiece()) {
        throw new PieceDamage(
            Finding.Code.CUT_SHORT,
            "byte " + size,
            "the document does not end with its metadata, or this is larger than memory allows");
      }
      look *= 8;
    }
  }

  private static PlainTail of(ByteSink tail, int at, long size) throws PieceDamage {
    long tailAt = size - tail.length();
    int between = lastIndexOf(BETWEEN, tail.array(), tail.length());
    if (between < at) {
      throw new PieceDamage(
          Finding.Code.CUT_SHORT, "byte " + size, "the document ends before its signature");
    }
    int objectAt = at + BEGIN.length - 1;
    byte[] object = Arrays.copyOfRange(tail.array(), objectAt, between + 1);
    int signature = between + 1 + Layout.BETWEEN_LINES.length();
    return new PlainTail(object, tailAt + at + 1, tailAt + signature, size);
  }

  private static int lastIndexOf(byte[] pattern, byte[] text, int length) {
    for (int at = length - pattern.length; at >= 0; at--) {
      if (Arrays.equals(pattern, 0, pattern.length, text, at, at + pattern.length)) {
        return at;
      }
    }
    return -1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
