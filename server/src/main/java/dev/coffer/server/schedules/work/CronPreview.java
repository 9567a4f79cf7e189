package dev.coffer.server.schedules.work;

import dev.coffer.server.schedules.Cron;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a cron expression means, while it is typed.
 *
 * @param words when it is due, or what is wrong
 * @param next by the clock of its zone; at most three
 */
public record CronPreview(boolean valid, String words, List<String> next) {
  private static final int SHOWN = 3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.UK);

  static CronPreview of(String cron, String zoneName, Instant now) {
    try {
      ZoneId zone = ScheduleForm.zone(zoneName);
      Cron parsed = Cron.parse(cron);
      List<String> next = next(parsed, zone, now);
      return next.isEmpty()
          ? new CronPreview(false, "That day never comes.", List.of())
          : new CronPreview(true, sentence(parsed.words() + " " + zoneName), next);
    } catch (IllegalArgumentException wrong) {
      return new CronPreview(false, sentence(String.valueOf(wrong.getMessage())) + ".", List.of());
    }
  }

  private static List<String> next(Cron cron, ZoneId zone, Instant now) {
    return times(cron, zone, now).stream().map(next -> TIME.format(next.atZone(zone))).toList();
  }

  /** When it is due next; at most three times. */
  static List<Instant> times(Cron cron, ZoneId zone, Instant now) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> next = cron.next(now, zone);
    while (next.isPresent() && times.size() < SHOWN) {
      times.add(next.get());
      next = cron.next(next.get(), zone);
    }
    return times;
  }

  static String sentence(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
