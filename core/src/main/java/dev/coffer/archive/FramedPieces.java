package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.FrameStream;
import dev.coffer.chunk.Frames;
import dev.coffer.error.CofferException;
import dev.coffer.model.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The pieces of a {@code .json.zst} document: each frame is one. Needs no index, and checks it. */
final class FramedPieces implements PieceReader {
  private final InputStream input;
  private final FrameStream stream;
  private final Frames frames = new Frames();
  private final Index.Expected index = new Index.Expected();
  private long textAt;
  private long nextTextAt;

  /**
   * @param input closed with this reader
   * @param largestPiece the most bytes of text that one piece may have
   */
  FramedPieces(InputStream input, long largestPiece) {
    this.input = input;
    stream = new FrameStream(input, largestPiece);
  }

  @Override
  public boolean next(ByteSink target) throws IOException, PieceDamage {
    FrameStream.Next next = stream.next();
    textAt = nextTextAt;
    return switch (next) {
      case END, OTHER -> false;
      case CUT_SHORT ->
          throw damage(Finding.Code.CUT_SHORT, "the file ends in the middle of a frame");
      case DAMAGED -> throw damage(Finding.Code.FRAME_DAMAGED, "the frame's blocks are invalid");
      case TOO_LARGE ->
          throw damage(
              Finding.Code.FRAME_TOO_LARGE,
              "the frame states more content than memory allows; give the program more memory"
                  + " if the file is genuine: COFFER_JAVA_OPTS=-Xmx2g");
      case FRAME -> {
        take(target);
        yield true;
      }
    };
  }

  private void take(ByteSink target) throws PieceDamage {
    ByteSink frame = stream.frame();
    byte[] hash = Sha256.of(frame.array(), 0, frame.length());
    int content = stream.contentBytes();
    index.add(new FrameEntry(stream.at(), frame.length(), textAt, content, Sha256.hex(hash)));
    nextTextAt = textAt + content;
    try {
      frames.decompress(frame.array(), 0, frame.length(), content, target);
    } catch (CofferException unreadable) {
      throw damage(Finding.Code.FRAME_DAMAGED, "the frame cannot be decompressed");
    }
  }

  private PieceDamage damage(Finding.Code code, String meaning) {
    return new PieceDamage(code, "byte " + stream.at() + " of the file", meaning);
  }

  @Override
  public long textAt() {
    return textAt;
  }

  @Override
  public long storedAt() {
    return stream.at();
  }

  @Override
  public Optional<PieceDamage> afterText() throws IOException {
    return switch (index.compare(stream.remaining())) {
      case SAME -> Optional.empty();
      case ABSENT ->
          Optional.of(damage(Finding.Code.INDEX_MISSING, "the file ends before its index"));
      case LONGER -> Optional.of(damage(Finding.Code.TRAILING_BYTES, "bytes follow the index"));
      case CUT_SHORT ->
          Optional.of(damage(Finding.Code.CUT_SHORT, "the file ends in the middle of its index"));
      case DIFFERENT ->
          Optional.of(
              damage(
                  Finding.Code.INDEX_DIFFERS,
                  "what follows the document is not the index of these frames"));
    };
  }

  @Override
  public void close() throws IOException {
    frames.close();
    input.close();
  }
}
