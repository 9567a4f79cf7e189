package dev.coffer.server.web;

import dev.coffer.profile.Label;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * How pages write numbers, sizes and times. A time is given in UTC; in the browser a script turns
 * it into the reader's own zone.
 */
@Component("words")
public class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);

  public String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 1 row}, {@code 15,247 rows}. */
  public String count(long number, String one) {
    return count(number) + " " + one + (number == 1 ? "" : "s");
  }

  /** {@code 8.5 MB}, of 2<sup>20</sup> bytes. */
  public String size(long bytes) {
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
    return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
  }

  /** A name as a part of an address. */
  public String part(String name) {
    return PathName.of(name);
  }

  /** {@code +1,024}, {@code −3}, or {@code same}. */
  public String change(long difference) {
    return difference == 0 ? "same" : sign(difference) + count(Math.abs(difference));
  }

  /** {@code +1.5 MB}, {@code −3 bytes}, or {@code same}. */
  public String sizeChange(long bytes) {
    return bytes == 0 ? "same" : sign(bytes) + size(Math.abs(bytes));
  }

  private static String sign(long difference) {
    return difference > 0 ? "+" : "\u2212";
  }

  public String time(Instant instant) {
    return TIME.format(instant);
  }

  /** How long something is: {@code 3 minutes}, {@code 2 days}. */
  public String age(Duration duration) {
    if (duration.toMinutes() < 1) {
      return "less than a minute";
    }
    if (duration.toMinutes() < 120) {
      return count(duration.toMinutes(), "minute");
    }
    if (duration.toHours() < 48) {
      return count(duration.toHours(), "hour");
    }
    return count(duration.toDays(), "day");
  }

  /** Why a row looks fake or wrong. */
  public String rule(String word) {
    return switch (word) {
      case "placeholder-domain" -> "E-mail address that is only an example";
      case "placeholder-text" -> "Text that is only a placeholder";
      case "repeated-digits" -> "The same digit over and over";
      case "sequential-digits" -> "Digits in a row, such as 12345";
      case "impossible-sort-code" -> "Sort code that cannot exist";
      case "mojibake" -> "Garbled letters";
      case "replacement-character" -> "Letters that were lost";
      case "date-out-of-range" -> "Date that cannot be right";
      case "orphan" -> "Points to a record that is not there";
      default -> label(word.replace('-', ' '));
    };
  }

  /** {@code smsSuccessRate} as {@code SMS success rate}. */
  public String label(String name) {
    return Label.of(name);
  }
}
