package dev.coffer.archive;

import dev.coffer.bytes.ByteSink;
import dev.coffer.bytes.Sha256;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.Finding;
import dev.coffer.model.Finding.Code;
import dev.coffer.model.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a document front to back, the twin of {@link ArchiveWriter}: checks everything that stands
 * between chunks against the layout and hands out the rest. Chunks are not looked into. For one
 * thread; one chunk in memory at a time.
 */
public final class DocumentReader implements AutoCloseable {
  private final PieceReader pieces;
  private final OutputStream copy;
  private State state = State.START;
  private List<Table> tables = List.of();
  private int table = -1;
  private boolean lines;
  private boolean chunkBefore;
  private boolean over;

  private enum State {
    START,
    TABLES,
    SEALED,
    METADATA,
    SIGNATURE,
    END
  }

  public DocumentReader(PieceReader pieces) {
    this(pieces, OutputStream.nullOutputStream());
  }

  /**
   * A reader that passes on the text it reads.
   *
   * @param copy receives each piece before it is looked into
   */
  public DocumentReader(PieceReader pieces, OutputStream copy) {
    this.pieces = pieces;
    this.copy = copy;
  }

  /**
   * The next part; text of chunks comes into {@code target}.
   *
   * @throws PieceDamage if it cannot be read; after a damaged chunk, reading may go on
   */
  public Part next(ByteSink target) throws IOException, PieceDamage {
    while (state != State.END) {
      if (!pieces.next(target)) {
        throw ended();
      }
      copy.write(target.array(), 0, target.length());
      Optional<Part> part = part(target);
      if (part.isPresent()) {
        return part.get();
      }
    }
    ByteSink more = new ByteSink(64);
    if (pieces.next(more)) {
      throw damage(Code.TRAILING_BYTES, "text follows the end of the document");
    }
    Optional<PieceDamage> afterText = pieces.afterText();
    if (afterText.isPresent()) {
      throw afterText.get();
    }
    return new Part.End();
  }

  private PieceDamage ended() throws IOException {
    over = true;
    String place = state == State.START ? "its header" : "the end of the document";
    Optional<PieceDamage> rest = pieces.afterText();
    Code code =
        rest.map(PieceDamage::finding).map(Finding::code).orElse(Code.CUT_SHORT)
                == Code.INDEX_MISSING
            ? Code.CUT_SHORT
            : Code.FRAME_DAMAGED;
    return damage(code, "the file has no further frame, but " + place + " has not come yet");
  }

  private Optional<Part> part(ByteSink text) throws PieceDamage {
    if (text.length() == 0) {
      throw damage(Code.LAYOUT_DIFFERS, "a frame is empty");
    }
    boolean object = text.array()[0] == '{';
    return switch (state) {
      case START -> Optional.of(header(text));
      case SIGNATURE -> Optional.of(signature(text));
      case METADATA -> Optional.of(metadata(text));
      default -> {
        if (object && (state == State.SEALED || table >= 0)) {
          yield Optional.of(lines(text));
        }
        between(new String(text.array(), 0, text.length(), StandardCharsets.ISO_8859_1));
        yield Optional.empty();
      }
    };
  }

  private Part header(ByteSink text) throws PieceDamage {
    byte[] bytes = text.toByteArray();
    try {
      BackupHeader header = HeaderJson.read(bytes);
      tables = header.schema().tables();
      state = State.TABLES;
      return new Part.Header(header, bytes.length, Sha256.of(bytes));
    } catch (CofferException unreadable) {
      throw damage(headerCode(unreadable), unreadable.fact());
    }
  }

  private static Code headerCode(CofferException unreadable) {
    if (unreadable.code() == ErrorCode.NOT_A_BACKUP) {
      return Code.NOT_A_BACKUP;
    }
    if (unreadable.code() == ErrorCode.BACKUP_TOO_NEW) {
      return Code.TOO_NEW;
    }
    return unreadable.fact().endsWith(Json.TWICE) ? Code.DUPLICATE_KEY : Code.HEADER_DAMAGED;
  }

  private Part lines(ByteSink text) throws PieceDamage {
    if (lines) {
      throw damage(Code.LAYOUT_DIFFERS, "two chunks follow one another with nothing between them");
    }
    boolean sealed = state == State.SEALED;
    if (tables.isEmpty()) {
      throw damage(Code.LAYOUT_DIFFERS, "sealed values stand there, but there is no table");
    }
    lines = true;
    chunkBefore = true;
    return new Part.Lines(tables.get(sealed ? 0 : table), sealed, text, pieces.textAt());
  }

  /**
   * Walks from the state that the text begins in to the one that it ends in. A character stands for
   * a byte here: decoding would make one of different bytes where they are not UTF-8.
   */
  private void between(String text) throws PieceDamage {
    int at = 0;
    if (chunkBefore && !lines) {
      throw damage(Code.LAYOUT_DIFFERS, "a comma stands there with no row after it");
    }
    if (text.equals(Layout.BETWEEN_LINES) && chunkBefore) {
      lines = false;
      return;
    }
    while (at < text.length() && state != State.METADATA) {
      String expected = expected();
      if (!text.startsWith(expected, at)) {
        int same = 0;
        while (at + same < text.length()
            && same < expected.length()
            && text.charAt(at + same) == expected.charAt(same)) {
          same++;
        }
        throw damage(
            Code.LAYOUT_DIFFERS,
            "the text between chunks differs from the layout at character " + (at + same));
      }
      at += expected.length();
      advance();
    }
    if (at < text.length()) {
      throw damage(Code.LAYOUT_DIFFERS, "text stands between the tables and the metadata");
    }
  }

  private String expected() {
    return new String(layout().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private String layout() {
    if (state == State.SEALED) {
      return Layout.endSealed(chunkBefore);
    }
    if (table + 1 < tables.size()) {
      String name = tables.get(table + 1).logicalName();
      return Layout.beginTable(name, table < 0, chunkBefore);
    }
    return Layout.beginSealed(table >= 0, chunkBefore);
  }

  private void advance() {
    if (state == State.SEALED) {
      state = State.METADATA;
    } else if (table + 1 < tables.size()) {
      table++;
    } else {
      state = State.SEALED;
    }
    lines = false;
    chunkBefore = false;
  }

  private Part metadata(ByteSink text) throws PieceDamage {
    byte[] object = inside(text, Layout.METADATA, Layout.BETWEEN_LINES);
    try {
      state = State.SIGNATURE;
      return new Part.Metadata(MetadataJson.read(object), object, pieces.textAt());
    } catch (CofferException unreadable) {
      throw damage(MetadataJson.code(unreadable), unreadable.fact());
    }
  }

  private Part signature(ByteSink text) throws PieceDamage {
    byte[] object = inside(text, Layout.SIGNATURE, Layout.END);
    state = State.END;
    SignatureJson.Parts parts =
        SignatureJson.read(new String(object, StandardCharsets.UTF_8))
            .orElseThrow(
                () -> damage(Code.SIGNATURE_INVALID, "the signature is not in its one form"));
    return new Part.Signature(parts.publicKey(), parts.value());
  }

  private byte[] inside(ByteSink text, String before, String after) throws PieceDamage {
    String all = new String(text.array(), 0, text.length(), StandardCharsets.ISO_8859_1);
    if (!all.startsWith(before) || !all.endsWith(after)) {
      throw damage(Code.LAYOUT_DIFFERS, "this is not the line that begins with " + before);
    }
    return Arrays.copyOfRange(text.array(), before.length(), text.length() - after.length());
  }

  private PieceDamage damage(Code code, String meaning) {
    return new PieceDamage(code, "byte " + pieces.storedAt() + " of the file", meaning);
  }

  /** Whether reading can go on after damage to the piece read last: a chunk was expected there. */
  public boolean skipDamagedChunk() {
    boolean expected =
        !over && !lines && (state == State.SEALED || (state == State.TABLES && table >= 0));
    lines = true;
    chunkBefore = true;
    return expected;
  }

  /** The table whose rows are being read; empty outside of tables. */
  public Optional<Table> openTable() {
    boolean open = state == State.TABLES && table >= 0;
    return open ? Optional.of(tables.get(table)) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    pieces.close();
  }
}
