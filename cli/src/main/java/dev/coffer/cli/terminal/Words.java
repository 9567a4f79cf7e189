package dev.coffer.cli.terminal;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** How numbers, sizes, times and foreign texts are written for people: the same in all locales. */
public final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Control characters, line separators, and what turns the direction of writing. */
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  private static final Pattern PLAIN_IN_SHELLS = Pattern.compile("[\\w./:@%+=,-]+");

  private Words() {}

  /** {@code text} with every character that a terminal would obey replaced. */
  public static String harmless(String text) {
    return HARMFUL.matcher(text).replaceAll("\ufffd");
  }

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 15,247 rows}. */
  public static String count(long number, String one) {
    return count(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** {@code 8.50 MB}, of 2<sup>20</sup> bytes. */
  public static String size(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    double size = bytes / 1024.0;
    String[] units = {"KB", "MB", "GB", "TB"};
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.2f %s", size, units[unit]);
  }

  /** In UTC, as file names are. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }

  /** {@code 2026-01-25}, in UTC. */
  public static String day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC).toString();
  }

  public static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /** {@code text}, cut to at most {@code width} characters. */
  public static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }

  /** A path as a word for the shell. */
  public static String shell(Path path) {
    String text = path.toString();
    return PLAIN_IN_SHELLS.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
