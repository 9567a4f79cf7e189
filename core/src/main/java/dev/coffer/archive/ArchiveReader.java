package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.chunk.ChunkHasher;
import dev.coffer.chunk.Frames;
import dev.coffer.error.CofferException;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads parts of a stored document without the rest: header, metadata, single chunks. What it hands
 * out has been compared with the hashes in the metadata; the metadata itself is the business of
 * {@code verify}. For one thread.
 *
 * <p>Where the metadata holds the hash of the file's own index, each frame is compared as it is
 * stored, which is several times less to hash than its rows. Elsewhere rows are hashed.
 *
 * @see DocumentReader for reading everything, and for files that are encrypted as a whole
 */
public final class ArchiveReader implements AutoCloseable {
  private static final int MOST = Integer.MAX_VALUE - 64;

  private final FileChannel channel;
  private final Frames frames = new Frames();
  private final ByteSink stored = new ByteSink(1 << 16);
  private final TreeMap<Long, FrameEntry> frameByText;
  private final BackupHeader header;
  private final BackupMetadata metadata;
  private final byte[] signed;
  private final long signatureAt;
  private final long signatureBytes;
  private final boolean signsFrames;
  private long indexAt;

  private ArchiveReader(FileChannel channel, boolean framed) throws IOException, PieceDamage {
    this.channel = channel;
    frameByText = new TreeMap<>();
    if (framed) {
      readIndex();
      FrameEntry[] last =
          frameByText.descendingMap().values().stream().limit(2).toArray(FrameEntry[]::new);
      byte[] line = text(last[1].textAt(), last[1].textBytes()).toByteArray();
      signed = inside(line);
      signatureAt = last[0].textAt();
      signatureBytes = last[0].textBytes();
    } else {
      PlainTail tail = PlainTail.find(channel);
      signed = tail.metadata();
      signatureAt = tail.signatureAt();
      signatureBytes = tail.fileSize() - signatureAt;
    }
    metadata = MetadataJson.read(signed);
    signsFrames =
        framed && metadata.indexSha256().filter(sha256 -> sha256.equals(hashOfIndex())).isPresent();
    byte[] text = text(0, metadata.headerBytes()).toByteArray();
    if (!Sha256.hex(Sha256.of(text)).equals(metadata.headerSha256())) {
      throw Json.damaged("the header differs from its hash");
    }
    header = HeaderJson.read(text);
  }

  /**
   * Opens a file of form {@code FRAMED} or {@code PLAIN}.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED}, {@code BACKUP_TOO_NEW} or
   *     {@code NOT_A_BACKUP}
   */
  public static ArchiveReader open(Path file, Pieces.Form form) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new ArchiveReader(channel, form == Pieces.Form.FRAMED);
    } catch (PieceDamage damage) {
      channel.close();
      throw Json.damaged(damage.finding().place() + ": " + damage.finding().meaning());
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private ArchiveReader(FileChannel channel, ArchiveReader same) {
    this.channel = channel;
    frameByText = same.frameByText;
    header = same.header;
    metadata = same.metadata;
    signed = same.signed;
    signatureAt = same.signatureAt;
    signatureBytes = same.signatureBytes;
    signsFrames = same.signsFrames;
    indexAt = same.indexAt;
  }

  /**
   * The same file for another thread. Nothing is read again: what comes from the file is compared
   * with the hashes that are known, so another file in its place is damage.
   */
  ArchiveReader again(Path file) throws IOException {
    return new ArchiveReader(FileChannel.open(file, StandardOpenOption.READ), this);
  }

  private void readIndex() throws IOException {
    long size = channel.size();
    read(size - Index.TRAILER_BYTES, Index.TRAILER_BYTES);
    int length =
        stored.length() < Index.TRAILER_BYTES ? -1 : Index.length(stored.toByteArray()).orElse(-1);
    if (length < 0 || length > size) {
      throw Json.damaged("the file does not end with an index");
    }
    indexAt = size - length;
    read(indexAt, length);
    Index.read(stored.toByteArray())
        .orElseThrow(() -> Json.damaged("the index is damaged"))
        .forEach(frame -> frameByText.put(frame.textAt(), frame));
    if (frameByText.size() < 3) {
      throw Json.damaged("the index lists too few frames");
    }
  }

  /** Of what stands in the index before the metadata's frame. */
  private String hashOfIndex() {
    return Index.hash(
        frameByText.headMap(frameByText.lowerKey(frameByText.lastKey()), false).values());
  }

  private static byte[] inside(byte[] line) {
    int before = Layout.METADATA.length();
    int after = Layout.BETWEEN_LINES.length();
    if (line.length < before + after) {
      throw Json.damaged("the metadata is not where the index says");
    }
    return Arrays.copyOfRange(line, before, line.length - after);
  }

  private void read(long at, long count) throws IOException {
    requireInside(at, count);
    PlainPieces.read(channel, at, (int) count, stored);
  }

  private void requireInside(long at, long count) throws IOException {
    boolean inside = at >= 0 && count >= 0 && count <= channel.size() - at;
    if (!inside || count > MOST) {
      throw Json.damaged("a part lies outside the file");
    }
  }

  /** Text of the document that is one piece. */
  private ByteSink text(long at, long count) throws IOException {
    if (frameByText.isEmpty()) {
      read(at, count);
      return stored;
    }
    ByteSink text = new ByteSink((int) Math.clamp(count, 0, Pieces.largestPiece()));
    text(at, count, text);
    return text;
  }

  private void text(long at, long count, ByteSink target) throws IOException {
    if (frameByText.isEmpty()) {
      requireInside(at, count);
      PlainPieces.read(channel, at, (int) count, target);
      return;
    }
    FrameEntry frame = frameByText.get(at);
    if (frame == null || frame.textBytes() != count || count > Pieces.largestPiece()) {
      throw Json.damaged("no frame holds the text at byte " + at);
    }
    read(frame.at(), frame.bytes());
    if (signsFrames
        && !Sha256.hex(Sha256.of(stored.array(), 0, stored.length())).equals(frame.sha256())) {
      throw Json.damaged("the frame at byte " + frame.at() + " of the file differs from its hash");
    }
    frames.decompress(stored.array(), 0, stored.length(), (int) count, target);
  }

  public BackupHeader header() {
    return header;
  }

  public BackupMetadata metadata() {
    return metadata;
  }

  /**
   * Compares the metadata with its signature, which opening does not.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_NOT_AUTHENTIC} or {@code BACKUP_DAMAGED}
   */
  public void checkSignature() throws IOException {
    signer();
  }

  /** As {@link #checkSignature}; answers the public key that signed, in base64. */
  String signer() throws IOException {
    Part.Signature signature = signature();
    SignedMetadata.check(signed, signature);
    return Base64.getEncoder().encodeToString(signature.publicKey());
  }

  /** The document's signature as it stands there. */
  public Part.Signature signature() throws IOException {
    byte[] line = text(signatureAt, signatureBytes).toByteArray();
    SignatureJson.Parts parts =
        SignatureJson.ofLine(new String(line, StandardCharsets.ISO_8859_1))
            .orElseThrow(() -> Json.damaged("the signature is not in its one form"));
    return new Part.Signature(parts.publicKey(), parts.value());
  }

  /**
   * A chunk's text.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED} if it differs from its hash
   */
  public ByteSink chunk(ChunkEntry chunk) throws IOException {
    ByteSink text = text(chunk.at(), chunk.bytes());
    check(text, chunk);
    return text;
  }

  /**
   * Puts a chunk's text into a buffer that is used again, in place of what it held.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED} if it differs from its hash
   */
  void chunk(ChunkEntry chunk, ByteSink target) throws IOException {
    text(chunk.at(), chunk.bytes(), target);
    check(target, chunk);
  }

  private void check(ByteSink text, ChunkEntry chunk) {
    if (signsFrames) {
      return;
    }
    ChunkHasher hasher = new ChunkHasher();
    Lines.of(text, (bytes, from, to) -> hasher.line(bytes, from, to - from));
    check(text, chunk, hasher.finish());
  }

  /** Whether chunks are compared as they are stored, so that their rows need no hashes. */
  boolean signsFrames() {
    return signsFrames;
  }

  /**
   * Fills {@code lines} with a chunk; with the hashes of its rows only where these were needed.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED} if it differs from its hash
   */
  void lines(ChunkEntry chunk, ChunkLines lines) throws IOException {
    text(chunk.at(), chunk.bytes(), lines.content());
    if (signsFrames) {
      lines.splitOnly();
    } else {
      check(lines.content(), chunk, lines.split());
    }
  }

  /** Fills {@code lines} with a chunk whose rows have not been compared with their hash. */
  void unconfirmed(ChunkEntry chunk, ChunkLines lines) throws IOException {
    text(chunk.at(), chunk.bytes(), lines.content());
    if (!lines.splitLater(chunk.rows())) {
      throw otherRows(chunk);
    }
  }

  /** What to say of a chunk that has more or fewer rows than the metadata says. */
  static CofferException otherRows(ChunkEntry chunk) {
    return Json.damaged(
        "table %s: the chunk at byte %d has another number of rows than it says"
            .formatted(chunk.table(), chunk.at()));
  }

  /**
   * Compares a chunk that is {@link #unconfirmed}, if that is needed.
   *
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED} if it differs from its hash
   */
  void confirm(ChunkEntry chunk, ChunkLines lines) {
    if (!lines.isWhole()) {
      throw otherRows(chunk);
    }
    if (!signsFrames) {
      check(lines.content(), chunk, lines.chunkHash());
    }
  }

  private static void check(ByteSink text, ChunkEntry chunk, byte[] hash) {
    if (text.length() != chunk.bytes() || !Sha256.hex(hash).equals(chunk.sha256())) {
      throw Json.damaged(
          "table " + chunk.table() + ", byte " + chunk.at() + ": a chunk differs from its hash");
    }
  }

  /**
   * Compares all of the file with its index, byte by byte.
   *
   * @return false where the file's form has no index
   * @throws dev.coffer.error.CofferException {@code BACKUP_DAMAGED}
   */
  boolean checkStored() throws IOException {
    if (frameByText.isEmpty()) {
      return false;
    }
    StoredBytes.check(channel, frameByText.values(), indexAt);
    return true;
  }

  /** The hash of a chunk as it is stored; empty where the file's form has no index. */
  Optional<String> storedHash(ChunkEntry chunk) {
    return Optional.ofNullable(frameByText.get(chunk.at())).map(FrameEntry::sha256);
  }

  /** The chunks of sealed values, by the place of the chunk whose rows they belong to. */
  public Map<Integer, ChunkEntry> sealedByRows() {
    return SealedPlaces.of(header.schema().tables(), metadata.chunks());
  }

  @Override
  public void close() throws IOException {
    frames.close();
    channel.close();
  }
}
