package dev.coffer.restore.legacy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Instants as JavaScript writes them, for a database whose timestamps without time zone hold UTC.
 */
final class Instants {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private Instants() {}

  /**
   * The text for a column of {@code type}. PostgreSQL reads {@code 2026-01-25T14:30:45.123Z} as it
   * should, but passes over another offset where the type has no time zone, and does not know
   * JavaScript's years of six digits.
   */
  static String inType(String type, String text) {
    boolean day = type.equals("date");
    if (!day && !type.startsWith("timestamp")) {
      return text;
    }
    boolean asItIs = text.length() < 11 || (isDigit(text.charAt(0)) && text.endsWith("Z"));
    if (asItIs) {
      return text;
    }
    try {
      return inUtc(OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC));
    } catch (DateTimeException notAnInstant) {
      return text;
    }
  }

  private static String inUtc(OffsetDateTime instant) {
    LocalDateTime local = instant.toLocalDateTime();
    int year = local.get(ChronoField.YEAR_OF_ERA);
    boolean before = local.toLocalDate().getEra() == IsoEra.BCE;
    return String.format(Locale.ROOT, "%04d", year)
        + TIME.format(local)
        + "+00"
        + (before ? " BC" : "");
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
