package dev.coffer.server.schedules;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.stream.Stream;

/** Says in words when something is due. */
final class CronWords {
  private static final int MOST_TIMES = 6;

  private CronWords() {}

  static String of(Cron cron) {
    return days(cron) + " " + times(cron);
  }

  private static String days(Cron cron) {
    boolean everyDay = cron.days().values().size() == 31;
    boolean everyWeekday = cron.weekdays().values().size() == 7;
    List<String> either = new ArrayList<>();
    if (!everyWeekday) {
      either.add("every " + weekdays(cron.weekdays().values()));
    }
    if (!everyDay) {
      either.add(
          "on the "
              + list(cron.days().values().stream().map(CronWords::ordinal))
              + (cron.months().values().size() == 12 ? " of every month" : ""));
    }
    boolean one = cron.days().any() || cron.weekdays().any();
    boolean always = one ? either.isEmpty() : everyDay || everyWeekday;
    String days = always ? "every day" : String.join(one ? ", if it falls " : ", and ", either);
    return cron.months().values().size() == 12
        ? days
        : days
            + " in "
            + list(
                cron.months().values().stream()
                    .map(month -> Month.of(month).getDisplayName(TextStyle.FULL, Locale.UK)));
  }

  private static String weekdays(NavigableSet<Integer> days) {
    if (List.copyOf(days).equals(List.of(1, 2, 3, 4, 5))) {
      return "weekday (Monday to Friday)";
    }
    return list(
        days.stream()
            // A week begins on Monday for the reader, and on Sunday for cron.
            .map(day -> day == 0 ? 7 : day)
            .sorted()
            .map(day -> DayOfWeek.of(day).getDisplayName(TextStyle.FULL, Locale.UK)));
  }

  private static String times(Cron cron) {
    List<LocalTime> times = cron.times();
    if (times.size() <= MOST_TIMES) {
      return "at " + list(times.stream().map(LocalTime::toString));
    }
    List<Integer> minutes = List.copyOf(cron.minutes().values());
    String within = cron.hours().values().size() == 24 ? "" : ", " + hours(cron);
    if (minutes.size() == 1) {
      return "at %02d minutes past each hour".formatted(minutes.getFirst()) + within;
    }
    if (60 % minutes.size() == 0 && evenly(minutes, 60 / minutes.size())) {
      int step = 60 / minutes.size();
      return (step == 1 ? "every minute" : "every " + step + " minutes") + within;
    }
    return times.size() + " times, from " + times.getFirst() + " to " + times.getLast();
  }

  private static String hours(Cron cron) {
    return "in the hours "
        + list(cron.hours().values().stream().map(hour -> "%02d".formatted(hour)));
  }

  private static boolean evenly(List<Integer> minutes, int step) {
    for (int index = 0; index < minutes.size(); index++) {
      if (minutes.get(index) != index * step) {
        return false;
      }
    }
    return true;
  }

  private static String ordinal(int day) {
    String ending =
        day / 10 == 1
            ? "th"
            : switch (day % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return day + ending;
  }

  private static String list(Stream<String> words) {
    List<String> all = words.toList();
    return all.size() < 2
        ? String.join("", all)
        : String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
  }
}
