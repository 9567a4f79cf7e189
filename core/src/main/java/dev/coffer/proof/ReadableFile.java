package dev.coffer.proof;

import dev.coffer.archive.Pieces;
import dev.coffer.seal.AgeFile;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * A backup that can be read in parts: the file itself or, where it is encrypted as a whole, a
 * decrypted copy that only its owner can read and that goes when this is closed.
 */
record ReadableFile(Path path, Optional<Path> copy) implements AutoCloseable {

  static ReadableFile of(Path file, List<Identity> identities) throws IOException {
    if (Pieces.form(file) != Pieces.Form.ENCRYPTED) {
      return new ReadableFile(file, Optional.empty());
    }
    Path copy =
        Files.createTempFile(
            "coffer-proof-",
            ".json.zst",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    ReadableFile readable = new ReadableFile(copy, Optional.of(copy));
    try (InputStream stored = Files.newInputStream(file);
        InputStream text = AgeFile.decrypting(stored, identities);
        OutputStream target = Files.newOutputStream(copy)) {
      text.transferTo(target);
      return readable;
    } catch (IOException | RuntimeException failure) {
      readable.close();
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    if (copy.isPresent()) {
      Files.deleteIfExists(copy.get());
    }
  }
}
