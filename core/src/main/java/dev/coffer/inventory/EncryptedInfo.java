package dev.coffer.inventory;

import dev.coffer.archive.BackupFile;
import dev.coffer.archive.DocumentReader;
import dev.coffer.archive.Part;
import dev.coffer.archive.PieceDamage;
import dev.coffer.archive.Pieces;
import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupInfo;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an encrypted file says: it has no index that can be used, so it is read from its beginning.
 */
final class EncryptedInfo {

  private EncryptedInfo() {}

  static BackupInfo read(Path file, List<Identity> identities) throws IOException {
    try (DocumentReader document =
        new DocumentReader(Pieces.open(file, Pieces.Form.ENCRYPTED, identities))) {
      ByteSink text = new ByteSink(1 << 16);
      Optional<BackupHeader> header = Optional.empty();
      while (true) {
        Part part = document.next(text);
        if (part instanceof Part.Header found) {
          header = Optional.of(found.header());
        }
        if (part instanceof Part.Metadata found && header.isPresent()) {
          return BackupFile.info(file, Files.size(file), header.get(), found.metadata());
        }
      }
    } catch (PieceDamage damage) {
      return BackupFile.corrupted(file, damage.finding().meaning());
    } catch (CofferException damaged) {
      if (damaged.code() != ErrorCode.BACKUP_DAMAGED) {
        throw damaged;
      }
      return BackupFile.corrupted(file, damaged.fact());
    }
  }
}
