package dev.coffer.restore.record;

import dev.coffer.compare.TablePair;
import dev.coffer.model.QualifiedName;
import java.util.HashMap;
import java.util.Map;

/** How rows of each table are compared. For one thread. */
final class RowTexts {
  private final boolean opensSecrets;
  private final boolean sameSigner;
  private final Map<QualifiedName, RowText> texts = new HashMap<>();

  /**
   * @param opensSecrets whether the backup's rows come with their secrets
   * @param sameSigner whether both sides' fingerprints are made with one key
   */
  RowTexts(boolean opensSecrets, boolean sameSigner) {
    this.opensSecrets = opensSecrets;
    this.sameSigner = sameSigner;
  }

  RowText of(TablePair pair) {
    return texts.computeIfAbsent(
        pair.before().name(),
        name -> {
          boolean nothingClosed = pair.before().sealedColumns().isEmpty() || opensSecrets;
          return new RowText(pair, nothingClosed, sameSigner);
        });
  }
}
