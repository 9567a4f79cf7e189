package dev.coffer.server.restores;

import dev.coffer.archive.Pieces;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.SealingCheck;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether keys open a backup: asked before any work begins. */
@Component
class KeyCheck {
  /** A thousand times as long as a key; no file with keys is longer. */
  static final int MOST_CHARACTERS = 1 << 16;

  private final KeyHome keys;

  KeyCheck(ServerSettings settings) {
    keys = KeyHome.at(settings.cofferHome());
  }

  /**
   * The keys in what somebody gave, all of which was read.
   *
   * @throws CofferException {@code KEY_INVALID}, without a character of it; {@code
   *     KEY_DOES_NOT_OPEN}
   */
  List<Identity> given(String text, Path backup) {
    if (text.length() > MOST_CHARACTERS) {
      throw new CofferException(
          ErrorCode.KEY_INVALID,
          "what was given is far longer than a key",
          "A key is a line that begins with AGE-SECRET-KEY-1.");
    }
    List<Identity> identities = Identity.parse(text, "what was given");
    requireOpens(backup, identities);
    return identities;
  }

  /** The keys that lie on this server, if they open the backup; otherwise none. */
  List<Identity> ofServer(Path backup) {
    try {
      List<Identity> identities = keys.identities();
      if (!identities.isEmpty()) {
        requireOpens(backup, identities);
      }
      return identities;
    } catch (CofferException notFitting) {
      return List.of();
    }
  }

  private static void requireOpens(Path backup, List<Identity> identities) {
    Pieces.Form form = Pieces.form(backup);
    if (form != Pieces.Form.EMPTY && form != Pieces.Form.OTHER) {
      SealingCheck _ = SealingCheck.of(backup, identities);
    }
  }

  static boolean lockedAsAWhole(Path backup) {
    return Pieces.form(backup) == Pieces.Form.ENCRYPTED;
  }
}
