package dev.coffer.archive;

import dev.coffer.chunk.FrameHeader;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.seal.AgeFile;
import dev.coffer.seal.Identity;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Opens a backup file by what it begins with, not by its name. */
public final class Pieces {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 64;

  private Pieces() {}

  /** How a file is stored, by its first bytes. */
  public enum Form {
    FRAMED,
    PLAIN,
    ENCRYPTED,
    /** Not a current backup; perhaps a legacy one. */
    OTHER,
    EMPTY
  }

  /**
   * What {@code file} begins with.
   *
   * @throws CofferException {@code BACKUP_NOT_FOUND} or {@code FILE_UNREADABLE}
   */
  public static Form form(Path file) {
    if (Files.isDirectory(file)) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          file + " is a folder, not a backup",
          "Name a file in it: coffer list " + file);
    }
    try (InputStream input = Files.newInputStream(file)) {
      byte[] start = input.readNBytes(64);
      if (start.length == 0) {
        return Form.EMPTY;
      }
      if (AgeFile.looksLikeAge(start)) {
        return Form.ENCRYPTED;
      }
      if (FrameHeader.of(start, start.length).isPresent()) {
        return Form.FRAMED;
      }
      String text = new String(start, StandardCharsets.UTF_8);
      return text.startsWith(Layout.BEGIN) ? Form.PLAIN : Form.OTHER;
    } catch (NoSuchFileException missing) {
      throw new CofferException(
          ErrorCode.BACKUP_NOT_FOUND,
          "there is no file " + file,
          "coffer list shows what there is.");
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  public static CofferException unreadable(Path file, IOException failure) {
    return new CofferException(
        ErrorCode.FILE_UNREADABLE,
        "cannot read " + file,
        "Check its owner and permissions.",
        failure);
  }

  /**
   * Opens a file whose {@link #form} is not {@code OTHER} or {@code EMPTY}.
   *
   * @param identities for an encrypted file
   */
  public static PieceReader open(Path file, Form form, List<Identity> identities)
      throws IOException, PieceDamage {
    if (form == Form.PLAIN) {
      return PlainPieces.open(file);
    }
    InputStream input = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      InputStream text =
          form == Form.ENCRYPTED
              ? new BufferedInputStream(AgeFile.decrypting(input, identities), BUFFER)
              : input;
      return new FramedPieces(text, largestPiece());
    } catch (RuntimeException failure) {
      input.close();
      throw failure;
    }
  }

  /**
   * A piece and what is made of it must fit the memory there is. Making a piece takes three times
   * its size, reading it once or twice: what a program backs up, it reads with the same memory.
   */
  public static long largestPiece() {
    long share = Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 3);
    return Math.min(share, LONGEST_ARRAY);
  }
}
