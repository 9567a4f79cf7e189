package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.chunk.FrameHeader;
import dev.coffer.chunk.Frames;
import dev.coffer.chunk.TableHash;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.json.RowDecoder;
import dev.coffer.json.RowFormatException;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupMetadata;
import dev.coffer.model.ChunkEntry;
import dev.coffer.model.Table;
import dev.coffer.seal.BackupOpener;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stored document whose rows are read chunk by chunk, with their sealed values where somebody's
 * identity opens these. The signature has been checked; chunks are compared with their hashes as
 * they are read. For one thread; {@link #again} gives another thread its own.
 */
public final class OpenedBackup implements AutoCloseable {
  /** What held a single large row is not kept for others. */
  private static final int KEEP = 6 << 20;

  private final Path file;
  private final ArchiveReader archive;
  private final String signer;
  private final Optional<BackupOpener> opener;
  private final Map<String, List<Integer>> chunks = new HashMap<>();
  private final Map<Integer, ChunkEntry> sealed;
  private final Map<String, RowDecoder> decoders = new HashMap<>();
  private final Frames frames = new Frames();
  private final ByteSink secrets = new ByteSink(1 << 12);
  private final ByteSink text = new ByteSink(1 << 12);
  private final Deque<ChunkLines> idle = new ArrayDeque<>();
  private final BitSet read;

  /** Takes the rows of a chunk as they come. */
  @FunctionalInterface
  public interface RowSink {

    /**
     * Takes the next row.
     *
     * @param row where its line and its secrets stand, until the next call
     */
    void row(StoredRow row) throws IOException;
  }

  /**
   * A row as the document stores it: stretches of arrays that belong to the reader.
   *
   * @param values decoded; its sealed values are open where {@code secretsTo > secretsFrom}
   * @param line holds the row's line between {@code from} and {@code to}
   * @param secrets holds its line of opened sealed values between {@code secretsFrom} and {@code
   *     secretsTo}; empty where they are closed or the table seals nothing
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record StoredRow(
      RowDecoder values,
      byte[] line,
      int from,
      int to,
      byte[] secrets,
      int secretsFrom,
      int secretsTo) {}

  /** Points at rows by a look at a chunk's text, before any of it is parsed. */
  @FunctionalInterface
  public interface Search {

    /**
     * Where in the text something of interest stands.
     *
     * @param text the chunk's lines, valid during the call
     * @param length of the text, in bytes
     * @return places in ascending order, several of which may be in one line
     */
    int[] places(byte[] text, int length);
  }

  /** Takes the rows that a search pointed at. */
  @FunctionalInterface
  public interface FoundSink {

    /**
     * Takes the next row.
     *
     * @param row where its line and its secrets stand, until the next call
     * @param number the row's place in its chunk, from 0
     */
    void row(StoredRow row, int number) throws IOException;
  }

  private OpenedBackup(
      Path file, ArchiveReader archive, String signer, Optional<BackupOpener> opener, BitSet read) {
    this.file = file;
    this.archive = archive;
    this.signer = signer;
    this.opener = opener;
    this.read = read;
    List<ChunkEntry> entries = archive.metadata().chunks();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).sealed()) {
        chunks.computeIfAbsent(entries.get(i).table(), name -> new ArrayList<>()).add(i);
      }
    }
    sealed = opener.isPresent() ? archive.sealedByRows() : Map.of();
  }

  /**
   * Opens a file of form {@code FRAMED} or {@code PLAIN}.
   *
   * @param identities open sealed values; where there are none, these stay closed
   * @throws CofferException {@code BACKUP_DAMAGED}, {@code BACKUP_NOT_AUTHENTIC}, {@code
   *     BACKUP_TOO_NEW}, {@code NOT_A_BACKUP}, {@code KEY_DOES_NOT_OPEN} or {@code FILE_UNREADABLE}
   */
  public static OpenedBackup open(Path file, List<Identity> identities) {
    Pieces.Form form = Pieces.form(file);
    if (form != Pieces.Form.FRAMED && form != Pieces.Form.PLAIN) {
      throw new CofferException(
          ErrorCode.NOT_A_BACKUP,
          file + " is not a current backup that can be read in parts",
          "coffer list shows what there is.");
    }
    try {
      ArchiveReader archive = ArchiveReader.open(file, form);
      try {
        String signer = archive.signer();
        Optional<BackupOpener> opener = opener(archive.header(), identities);
        return new OpenedBackup(file, archive, signer, opener, new BitSet());
      } catch (IOException | RuntimeException failure) {
        archive.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    }
  }

  /**
   * The same file for another thread, with the same sealed values open. What either has read, both
   * {@linkplain #hasRead have}.
   */
  public OpenedBackup again() {
    try {
      return new OpenedBackup(file, archive.again(file), signer, opener, read);
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    }
  }

  private static Optional<BackupOpener> opener(BackupHeader header, List<Identity> identities) {
    if (header.sealing().isEmpty() || identities.isEmpty()) {
      return Optional.empty();
    }
    BackupHeader.Sealing sealing = header.sealing().get();
    byte[] wrapped;
    try {
      wrapped = Base64.getDecoder().decode(sealing.wrappedIdentity());
    } catch (IllegalArgumentException malformed) {
      throw Json.damaged("the backup's wrapped identity is not base64");
    }
    BackupOpener opener =
        BackupOpener.open(wrapped, identities, sealing.key(), sealing.recipients());
    if (!opener.key().equals(sealing.key())) {
      throw Json.damaged("the backup's wrapped identity belongs to another key than it names");
    }
    return Optional.of(opener);
  }

  public Path file() {
    return file;
  }

  public BackupHeader header() {
    return archive.header();
  }

  public BackupMetadata metadata() {
    return archive.metadata();
  }

  /**
   * The public key that signed, in base64. Fingerprints of two backups can be compared where it is
   * the same: the key that makes them is derived from the one that signs.
   */
  public String signer() {
    return signer;
  }

  /** The document's signature, which fits. */
  public Part.Signature signature() {
    try {
      return archive.signature();
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    }
  }

  /** Whether rows come with their sealed values open. */
  public boolean opensSecrets() {
    return opener.isPresent();
  }

  /** The places, in {@code metadata().chunks()}, of a table's chunks, in the document's order. */
  public List<Integer> chunks(Table table) {
    return chunks.getOrDefault(table.logicalName(), List.of());
  }

  /**
   * Whether rows are compared with what was signed by the hash of how they are stored. Then they
   * have no hashes of their own until these are asked for.
   */
  public boolean signsFrames() {
    return archive.signsFrames();
  }

  /**
   * Gives the rows of one chunk, which are compared with their hash before the first is given.
   *
   * @param place as {@link #chunks} tells it
   * @return how many they are
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  public long rows(Table table, int place, RowSink sink) throws IOException {
    return rows(table, place, Optional.empty(), sink);
  }

  /**
   * The same, with the rows' hashes added to {@code sum}, where one is wanted: that of all of a
   * table's chunks is what the metadata says.
   */
  public long rows(Table table, int place, Optional<TableHash> sum, RowSink sink)
      throws IOException {
    ChunkEntry entry = metadata().chunks().get(place);
    boolean opens = opener.isPresent() && !table.sealedColumns().isEmpty();
    if (opens) {
      openSecrets(table, place, secrets);
    } else {
      secrets.clear(0);
    }
    RowDecoder decoder =
        decoders.computeIfAbsent(table.logicalName(), name -> new RowDecoder(table));
    Rows rows = new Rows(entry, decoder, opens, sink);
    // A sink may itself read rows from here.
    ChunkLines lines = idle.isEmpty() ? new ChunkLines() : idle.pop();
    if (signsFrames() && sum.isEmpty()) {
      archive.chunk(entry, lines.content());
      hasBeenRead(place);
      rows.all(lines.content());
    } else {
      archive.lines(entry, lines);
      hasBeenRead(place);
      sum.ifPresent(lines::addTo);
      for (int i = 0; i < lines.count(); i++) {
        rows.row(lines.text(), lines.from(i), lines.to(i));
      }
    }
    if (lines.text().length <= KEEP) {
      idle.push(lines);
    }
    if (rows.count != entry.rows() || (opens && rows.secretsAt != secrets.length())) {
      throw ArchiveReader.otherRows(entry);
    }
    return rows.count;
  }

  /**
   * Gives one chunk's lines as they are stored, not parsed, with their sealed values where they are
   * open. They have been compared with what was signed.
   *
   * @param place as {@link #chunks} tells it
   * @param lines is filled with them
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  public void lines(Table table, int place, ChunkLines lines) throws IOException {
    archive.lines(metadata().chunks().get(place), lines);
    hasBeenRead(place);
    complete(table, place, lines);
  }

  /**
   * The same, but that no line need have been hashed: they get their hashes later, and nothing is
   * made of them before {@link #confirm}.
   *
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  public void unconfirmed(Table table, int place, ChunkLines lines) throws IOException {
    archive.unconfirmed(metadata().chunks().get(place), lines);
    complete(table, place, lines);
  }

  /**
   * Compares a chunk's lines with the chunk's hash, unless that was done. May be called while
   * another thread reads on by {@link #unconfirmed}.
   *
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  public void confirm(int place, ChunkLines lines) {
    archive.confirm(metadata().chunks().get(place), lines);
    hasBeenRead(place);
  }

  private void complete(Table table, int place, ChunkLines lines) throws IOException {
    ChunkEntry entry = metadata().chunks().get(place);
    boolean opens = opener.isPresent() && !table.sealedColumns().isEmpty();
    if (opens) {
      openSecrets(table, place, lines.secretContent());
    }
    if (lines.count() != entry.rows() || (opens && !lines.splitSecrets())) {
      throw ArchiveReader.otherRows(entry);
    }
  }

  /**
   * Gives the rows of one chunk that a search points at, and parses no others. The chunk has been
   * compared with its hash before it is searched.
   *
   * @param place as {@link #chunks} tells it
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  public void find(Table table, int place, Search search, FoundSink sink) throws IOException {
    ChunkEntry entry = metadata().chunks().get(place);
    archive.chunk(entry, text);
    hasBeenRead(place);
    int[] places = search.places(text.array(), text.length());
    if (places.length == 0) {
      return;
    }
    boolean opens = opener.isPresent() && !table.sealedColumns().isEmpty();
    if (opens) {
      openSecrets(table, place, secrets);
    } else {
      secrets.clear(0);
    }
    RowDecoder decoder =
        decoders.computeIfAbsent(table.logicalName(), name -> new RowDecoder(table));
    int[] next = {0, 0};
    Rows rows = new Rows(entry, decoder, opens, row -> sink.row(row, next[1]));
    Lines.of(
        text,
        (bytes, from, to) -> {
          boolean wanted = next[0] < places.length && places[next[0]] < to;
          while (next[0] < places.length && places[next[0]] < to) {
            next[0]++;
          }
          if (wanted) {
            rows.row(bytes, from, to);
          } else {
            rows.skip();
          }
          next[1]++;
        });
  }

  /** Compares the chunk at a place in {@code metadata().chunks()}, sealed or not, with its hash. */
  public void check(int place) throws IOException {
    archive.chunk(metadata().chunks().get(place), text);
    hasBeenRead(place);
  }

  /** Whether a call on this, or on {@link #again} of it, has compared the chunk with its hash. */
  public boolean hasRead(int place) {
    synchronized (read) {
      return read.get(place);
    }
  }

  private void hasBeenRead(int place) {
    synchronized (read) {
      read.set(place);
    }
  }

  /**
   * The hash of a chunk as it is stored, see {@link #checkStored}; empty where the file's form has
   * no index.
   */
  public Optional<String> storedHash(int place) {
    return archive.storedHash(metadata().chunks().get(place));
  }

  /**
   * Compares every stored byte with the index, without decompressing: a file that was damaged since
   * it was written is found. One that somebody forged is found, too, where the index is {@linkplain
   * #signsFrames signed}, and nothing of it is left to {@linkplain #hasRead read}; elsewhere only
   * when its rows are read.
   *
   * @return false where the file's form has no index
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  public boolean checkStored() {
    try {
      boolean checked = archive.checkStored();
      if (checked && signsFrames()) {
        synchronized (read) {
          read.set(0, metadata().chunks().size());
        }
      }
      return checked;
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    }
  }

  private void openSecrets(Table table, int place, ByteSink target) throws IOException {
    ChunkEntry entry = sealed.get(place);
    if (entry == null) {
      throw Json.damaged("chunk " + place + " lacks its sealed values");
    }
    SealedLine line =
        SealedLine.read(archive.chunk(entry).toByteArray())
            .filter(found -> found.table().equals(table.logicalName()) && found.chunk() == place)
            .orElseThrow(() -> Json.damaged("chunk " + place + " has others' sealed values"));
    byte[] frame = opener.orElseThrow().open(line.ageFile());
    long size =
        FrameHeader.of(frame, frame.length)
            .map(FrameHeader::contentBytes)
            .filter(bytes -> bytes <= Pieces.largestPiece())
            .orElseThrow(
                () -> Json.damaged("the sealed values of chunk " + place + " are no frame"));
    frames.decompress(frame, 0, frame.length, (int) size, target);
  }

  /** Goes through a chunk's lines, and through its lines of secrets at the same pace. */
  private final class Rows {
    private final ChunkEntry entry;
    private final RowDecoder decoder;
    private final boolean opens;
    private final RowSink sink;
    private int secretsAt;
    private long count;

    Rows(ChunkEntry entry, RowDecoder decoder, boolean opens, RowSink sink) {
      this.entry = entry;
      this.decoder = decoder;
      this.opens = opens;
      this.sink = sink;
    }

    /** Passes over a row, and over its line of secrets. */
    void skip() {
      secretsAt = afterSecrets(endOfSecrets());
    }

    private int afterSecrets(int end) {
      return opens ? end + 1 : 0;
    }

    private int endOfSecrets() {
      return opens ? Lines.lineBreak(secrets.array(), secretsAt, secrets.length()) : secretsAt;
    }

    /**
     * All of a chunk's text: a row's grammar says where it ends, so nobody looks for that first.
     */
    void all(ByteSink chunk) throws IOException {
      int from = 0;
      while (from < chunk.length()) {
        from = row(chunk.array(), from, chunk.length()) + Layout.BETWEEN_LINES.length();
      }
    }

    /** Gives the row that begins at {@code from}, if it ends its line; answers where. */
    int row(byte[] bytes, int from, int limit) throws IOException {
      int begin = secretsAt;
      int end = endOfSecrets();
      int to = decode(bytes, from, limit, begin, end);
      boolean joined = to + 2 < limit && bytes[to] == ',' && bytes[to + 1] == '\n';
      if (to != limit && !joined) {
        throw malformed(to);
      }
      secretsAt = afterSecrets(end);
      count++;
      sink.row(new StoredRow(decoder, bytes, from, to, secrets.array(), begin, end));
      return to;
    }

    private int decode(byte[] bytes, int from, int limit, int begin, int end) {
      try {
        int to = decoder.readFirst(bytes, from, limit);
        if (opens) {
          decoder.open(secrets.array(), begin, end);
        }
        return to;
      } catch (RowFormatException malformed) {
        throw malformed(malformed.position());
      }
    }

    private CofferException malformed(int position) {
      return Json.damaged(
          "table %s: a row is not what the schema says, near byte %d of the document"
              .formatted(entry.table(), entry.at() + position));
    }
  }

  @Override
  public void close() {
    frames.close();
    try {
      archive.close();
    } catch (IOException alreadyUseless) {
      // It was only read.
    }
  }
}
