package dev.coffer.export;

import dev.coffer.archive.PieceDamage;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.Finding;

/** What is told of a backup that cannot be relied on. */
final class Damage {

  private Damage() {}

  static CofferException of(String fact) {
    return new CofferException(
        ErrorCode.BACKUP_DAMAGED,
        fact,
        "'coffer verify' tells all that is wrong. Use another copy of the file, or another backup.");
  }

  static CofferException of(PieceDamage damage) {
    Finding finding = damage.finding();
    if (finding.code() == Finding.Code.TOO_NEW) {
      return new CofferException(
          ErrorCode.BACKUP_TOO_NEW, finding.meaning(), "Use a newer version of Coffer.");
    }
    if (finding.code() == Finding.Code.NOT_A_BACKUP) {
      return new CofferException(
          ErrorCode.NOT_A_BACKUP, finding.meaning(), "coffer list shows what there is.");
    }
    return of(finding.place() + ": " + finding.meaning());
  }
}
