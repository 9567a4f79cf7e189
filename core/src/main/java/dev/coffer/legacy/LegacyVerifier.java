package dev.coffer.legacy;

import dev.coffer.model.Finding;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks a legacy backup as far as it can be: that it is whole, that its counts are true, and its
 * weak hashes where they can be made again. A file without a finding of severity ERROR is still not
 * a verified backup: whoever changed it could have made its hash fit.
 */
public final class LegacyVerifier {
  private LegacyVerifier() {}

  /**
   * What is found in {@code file}; always a note on how little a legacy file proves. Damage ends
   * the reading: then it is the first finding.
   *
   * @throws dev.coffer.error.CofferException FILE_UNREADABLE
   */
  public static List<Finding> verify(Path file) {
    LegacyCheck check = new LegacyCheck(LegacyFile.isSql(file));
    try {
      LegacyFile.read(file, check);
    } catch (LegacyDamage damage) {
      return check.finish(damage);
    }
    return check.finish();
  }
}
