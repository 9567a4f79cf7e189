package dev.coffer.portal.sample;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The three years of business that a sample covers, in epoch milliseconds: 1,095 whole days that
 * end at the midnight (UTC) before {@code now}, each with opening hours from 8 to 19 o'clock.
 */
record Calendar(long begin, long now) {
  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  static final int DAYS = 1_095;

  static Calendar until(Instant now) {
    long midnight = now.truncatedTo(ChronoUnit.DAYS).toEpochMilli();
    return new Calendar(midnight - DAYS * DAY, now.toEpochMilli());
  }

  /** The time at which a share (0 to 1) of all business has been done; later shares come later. */
  long at(double share) {
    double days = share * DAYS;
    long day = Math.min(DAYS - 1L, (long) days);
    double ofDay = Math.min(1, days - day);
    return begin + day * DAY + 8 * HOUR + (long) (ofDay * 11 * HOUR);
  }

  /** A time up to so many milliseconds later, in opening hours or just after, but not after now. */
  long openAfter(long time, Dice dice, long atMost) {
    return Math.min(now, Math.max(open(time + dice.below(atMost)), time + 1 + dice.below(HOUR)));
  }

  /** A time of the same day in opening hours; a later time of the day stays later. */
  static long open(long time) {
    long ofDay = time % DAY;
    return time - ofDay + 8 * HOUR + ofDay * 11 / 24;
  }

  /** A time up to so many milliseconds later, but not after now. */
  long after(long time, Dice dice, long atMost) {
    return Math.min(now, time + 1 + dice.below(atMost));
  }
}
