package dev.coffer.cli.compare;

import dev.coffer.cli.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;

/** From when to when a comparison goes, in words. Times are in UTC, as everywhere. */
final class Since {
  private static final Duration WEEK = Duration.ofDays(6);

  private Since() {}

  /** {@code since Friday}, {@code since 14:30 today}, {@code since 2026-01-25}. */
  static String now(Instant before, Instant now) {
    ZonedDateTime then = before.atZone(ZoneOffset.UTC);
    ZonedDateTime today = now.atZone(ZoneOffset.UTC);
    if (then.toLocalDate().equals(today.toLocalDate())) {
      return "since " + Words.time(before).substring(11, 16) + " today (UTC)";
    }
    Duration ago = Duration.between(before, now);
    boolean recent = !ago.isNegative() && ago.compareTo(WEEK) < 0;
    return "since "
        + (recent
            ? then.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
            : Words.time(before).substring(0, 10));
  }

  /** {@code between 2026-01-25 14:30 and 2026-02-01 14:30}. */
  static String between(Instant before, Instant after) {
    return "between " + minute(before) + " and " + minute(after) + " (UTC)";
  }

  private static String minute(Instant instant) {
    return Words.time(instant).substring(0, 16);
  }
}
