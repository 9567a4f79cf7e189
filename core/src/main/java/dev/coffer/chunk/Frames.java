package dev.coffer.chunk;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.util.Arrays;

/**
 * Makes and opens single zstd frames (RFC 8878) that state their content's size. One instance per
 * thread; close it.
 *
 * <p>The parameters are for row lines: what repeats are keys with their punctuation and whole
 * values, which are long, while a short match inside a random identifier costs more than it saves.
 * Against level 1 as it comes, small tables that stay in the processor's first cache and matches of
 * seven bytes and more make files 3 % smaller in about the same time.
 */
public final class Frames implements AutoCloseable {
  private static final int LEVEL = 1;

  /** {@code ZSTD_dfast}, which looks for long matches first and short ones where there is none. */
  private static final int DOUBLE_FAST = 2;

  private static final int KEEP = 5 << 20;
  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private final ByteSink scratch = new ByteSink(1 << 16);

  public Frames() {
    compressor.setLevel(LEVEL);
    compressor.setStrategy(DOUBLE_FAST);
    compressor.setWindowLog(20);
    compressor.setHashLog(14);
    compressor.setChainLog(13);
    compressor.setMinMatch(7);
    compressor.setContentSize(true);
    compressor.setChecksum(false);
  }

  /** The most bytes that a frame with so much content can have. */
  static long bound(long contentBytes) {
    return Zstd.compressBound(contentBytes) + FrameHeader.LONGEST;
  }

  /** A frame that holds {@code count} bytes of {@code content}. */
  public byte[] compress(byte[] content, int offset, int count) {
    scratch.clear(KEEP);
    long bound = Zstd.compressBound(count);
    scratch.ensure(bound);
    int size =
        compressor.compressByteArray(
            scratch.array(), 0, scratch.array().length, content, offset, count);
    byte[] frame = Arrays.copyOf(scratch.array(), size);
    scratch.clear(KEEP);
    return frame;
  }

  public byte[] compress(byte[] content) {
    return compress(content, 0, content.length);
  }

  /**
   * The content of a frame, into {@code target} from its beginning.
   *
   * @param contentBytes what the frame's header says, checked by the caller against its limit
   * @throws CofferException {@code BACKUP_DAMAGED} if the frame does not hold exactly that
   */
  public void decompress(byte[] frame, int offset, int count, int contentBytes, ByteSink target) {
    target.clear(KEEP);
    target.empty(contentBytes);
    try {
      int size =
          decompressor.decompressByteArray(target.array(), 0, contentBytes, frame, offset, count);
      if (size != contentBytes) {
        throw damaged(null);
      }
    } catch (ZstdException e) {
      throw damaged(e);
    }
    target.length(contentBytes);
  }

  private static CofferException damaged(@org.jspecify.annotations.Nullable ZstdException cause) {
    return new CofferException(
        ErrorCode.BACKUP_DAMAGED,
        "a compressed frame cannot be read" + (cause == null ? "" : ": " + cause.getMessage()),
        "Use another copy of the file, or another backup.",
        cause);
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
