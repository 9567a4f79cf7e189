package dev.coffer.inventory;

import dev.coffer.archive.PieceDamage;
import dev.coffer.archive.PieceReader;
import dev.coffer.archive.Pieces;
import dev.coffer.bytes.ByteSink;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.seal.BackupOpener;
import dev.coffer.seal.Identity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The proof that identities open a backup: reads the header alone and opens the backup's own key.
 *
 * @param sealed whether the backup holds sealed values
 * @param encrypted whether the file is encrypted as a whole
 * @param recipients whom the values are sealed to
 */
public record SealingCheck(boolean sealed, boolean encrypted, List<String> recipients) {
  private static final String MEMBER = "\"sealing\":";

  /**
   * Opens what of {@code file} is closed.
   *
   * @throws CofferException {@code KEY_DOES_NOT_OPEN}, naming the recipients that would; {@code
   *     NOT_A_BACKUP} for a file that has no sealed values to ask about; {@code BACKUP_DAMAGED}
   */
  public static SealingCheck of(Path file, List<Identity> identities) {
    Pieces.Form form = Pieces.form(file);
    if (form == Pieces.Form.EMPTY || form == Pieces.Form.OTHER) {
      throw new CofferException(
          ErrorCode.NOT_A_BACKUP,
          file + " is not a backup of version 4",
          "Backups of earlier systems have no sealed values; 'coffer show' tells what it is.");
    }
    boolean encrypted = form == Pieces.Form.ENCRYPTED;
    Optional<String> sealing = sealingLine(file, form, identities);
    if (sealing.isEmpty()) {
      return new SealingCheck(false, encrypted, List.of());
    }
    try {
      JsonNode member = JsonMapper.shared().readTree(sealing.get());
      List<String> recipients = new ArrayList<>();
      member.path("recipients").forEach(one -> recipients.add(one.stringValue("")));
      byte[] wrapped = Base64.getDecoder().decode(member.path("wrappedIdentity").stringValue(""));
      String key = member.path("key").stringValue("");
      BackupOpener opener = BackupOpener.open(wrapped, identities, key, recipients);
      if (!opener.key().equals(key)) {
        throw damaged(file, new IllegalStateException("Another key is wrapped"));
      }
      return new SealingCheck(true, encrypted, List.copyOf(recipients));
    } catch (JacksonException | IllegalArgumentException malformed) {
      throw damaged(file, malformed);
    }
  }

  /**
   * The identities, if they open the sealed values of {@code file} or may do so; none of them where
   * its values are sealed to others, so that the rest of the file can be read all the same.
   *
   * @throws CofferException {@code BACKUP_DAMAGED}
   */
  public static List<Identity> fitting(Path file, List<Identity> identities) {
    Pieces.Form form = Pieces.form(file);
    boolean current = form == Pieces.Form.FRAMED || form == Pieces.Form.PLAIN;
    if (identities.isEmpty() || !current) {
      return identities;
    }
    try {
      SealingCheck _ = of(file, identities);
      return identities;
    } catch (CofferException sealedToOthers) {
      if (sealedToOthers.code() != ErrorCode.KEY_DOES_NOT_OPEN) {
        throw sealedToOthers;
      }
      return List.of();
    }
  }

  private static Optional<String> sealingLine(
      Path file, Pieces.Form form, List<Identity> identities) {
    ByteSink header = new ByteSink(1 << 16);
    try (PieceReader reader = Pieces.open(file, form, identities)) {
      if (!reader.next(header)) {
        throw damaged(file, new IllegalStateException("No header"));
      }
    } catch (IOException failure) {
      throw Pieces.unreadable(file, failure);
    } catch (PieceDamage damage) {
      throw damaged(file, damage);
    }
    return new String(header.array(), 0, header.length(), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.startsWith(MEMBER))
        .map(line -> line.substring(MEMBER.length(), line.length() - 1))
        .findFirst();
  }

  private static CofferException damaged(Path file, Exception cause) {
    return new CofferException(
        ErrorCode.BACKUP_DAMAGED,
        "the header of " + file + " is damaged",
        "'coffer verify' says more; take another copy of the backup.",
        cause);
  }
}
