package dev.coffer.server.schedules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When something is due: five fields of cron(5), minute, hour, day of the month, month, day of the
 * week, in a time zone. Where both kinds of days are restricted, a day of either kind is due. In
 * the night in which clocks are put back nothing is due a second time; where they are put forward,
 * what falls into the missing hour is due an hour later by the clock.
 */
public final class Cron {
  private static final int LONGEST = 200;
  private static final int DAYS_AHEAD = 366 * 9;

  private final String text;
  private final CronField minutes;
  private final CronField hours;
  private final CronField days;
  private final CronField months;
  private final CronField weekdays;

  private Cron(String text, String[] fields) {
    this.text = text;
    this.minutes = CronField.parse(fields[0], CronField.Kind.MINUTE);
    this.hours = CronField.parse(fields[1], CronField.Kind.HOUR);
    this.days = CronField.parse(fields[2], CronField.Kind.DAY);
    this.months = CronField.parse(fields[3], CronField.Kind.MONTH);
    this.weekdays = CronField.parse(fields[4], CronField.Kind.WEEKDAY);
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException what is wrong with it, for people
   */
  public static Cron parse(String text) {
    String[] fields = text.strip().split("\\s+");
    if (fields.length != 5 || text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "write five fields: minute, hour, day of the month, month, day of the week");
    }
    return new Cron(String.join(" ", fields), fields);
  }

  /** The first time after {@code instant}; empty where no such day comes, as of 30 February. */
  public Optional<Instant> next(Instant instant, ZoneId zone) {
    ZonedDateTime after = instant.atZone(zone);
    // The day before may reach into this one, where its last hour is missing.
    LocalDate first = after.toLocalDate().minusDays(1);
    for (int ahead = 0; ahead < DAYS_AHEAD; ahead++) {
      LocalDate day = first.plusDays(ahead);
      if (dueOn(day)) {
        for (LocalTime time : times()) {
          Instant due = day.atTime(time).atZone(zone).toInstant();
          if (due.isAfter(instant)) {
            return Optional.of(due);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** How often it was due after {@code from} and until {@code to}, at most 1000 times. */
  int due(Instant from, Instant to, ZoneId zone) {
    int times = 0;
    Optional<Instant> next = next(from, zone);
    while (times < 1000 && next.isPresent() && !next.get().isAfter(to)) {
      times++;
      next = next(next.get(), zone);
    }
    return times;
  }

  private boolean dueOn(LocalDate day) {
    boolean ofMonth = days.values().contains(day.getDayOfMonth());
    boolean ofWeek = weekdays.values().contains(day.getDayOfWeek().getValue() % 7);
    boolean either = !days.any() && !weekdays.any();
    return months.values().contains(day.getMonthValue())
        && (either ? ofMonth || ofWeek : ofMonth && ofWeek);
  }

  /** The times of a day, in order. */
  List<LocalTime> times() {
    List<LocalTime> times = new ArrayList<>();
    for (int hour : hours.values()) {
      for (int minute : minutes.values()) {
        times.add(LocalTime.of(hour, minute));
      }
    }
    return times;
  }

  CronField minutes() {
    return minutes;
  }

  CronField hours() {
    return hours;
  }

  CronField days() {
    return days;
  }

  CronField months() {
    return months;
  }

  CronField weekdays() {
    return weekdays;
  }

  /** In words, such as {@code every day at 02:00}. */
  public String words() {
    return CronWords.of(this);
  }

  /** As it was written, with single spaces. */
  @Override
  public String toString() {
    return text;
  }
}
