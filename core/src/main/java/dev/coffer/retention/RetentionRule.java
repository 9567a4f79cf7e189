package dev.coffer.retention;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.time.ZoneId;

/**
 * How many backups stay. The counts do not exclude one another: a backup may be the last of its day
 * and of its year. Days, weeks, months and years without a backup do not count.
 *
 * @param newest at least 1
 * @param daily the last backup of so many days
 * @param weekly the last backup of so many weeks, which begin on Monday (ISO 8601)
 * @param monthly the last backup of so many months
 * @param yearly the last backup of so many years
 * @param zone in which days begin
 */
public record RetentionRule(
    int newest, int daily, int weekly, int monthly, int yearly, ZoneId zone) {
  private static final int MOST = 10_000;

  /**
   * A rule.
   *
   * @throws CofferException {@code USAGE} for a count that is too small or too large
   */
  public RetentionRule {
    check("newest backups", newest, 1);
    check("days", daily, 0);
    check("weeks", weekly, 0);
    check("months", monthly, 0);
    check("years", yearly, 0);
  }

  private static void check(String what, int count, int least) {
    if (count < least || count > MOST) {
      throw new CofferException(
          ErrorCode.USAGE,
          "the number of " + what + " to keep has to be from " + least + " to " + MOST,
          "");
    }
  }
}
