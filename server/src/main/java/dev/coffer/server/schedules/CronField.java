package dev.coffer.server.schedules;

import java.util.Arrays;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * One of the five fields of a cron expression: the values it names.
 *
 * @param any whether it begins with a star, and so restricts nothing by itself
 */
record CronField(boolean any, NavigableSet<Integer> values) {
  private static final String WRONG = "%s is not %s";

  /** What a field may hold; {@code names} stand for numbers from {@code least} on. */
  enum Kind {
    MINUTE("a minute", 0, 59, ""),
    HOUR("an hour", 0, 23, ""),
    DAY("a day of the month", 1, 31, ""),
    MONTH("a month", 1, 12, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"),
    WEEKDAY("a day of the week", 0, 7, "SUN MON TUE WED THU FRI SAT");

    private final String words;
    private final int least;
    private final int most;
    private final String names;

    Kind(String words, int least, int most, String names) {
      this.words = words;
      this.least = least;
      this.most = most;
      this.names = names;
    }

    private int named(String text) {
      return text.isEmpty()
          ? -1
          : Arrays.asList(names.split(" ")).indexOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * Reads a field such as {@code *}, {@code 0,30}, {@code 9-17/2} or {@code MON-FRI}.
   *
   * @throws IllegalArgumentException what is wrong with it, for people
   */
  static CronField parse(String text, Kind kind) {
    NavigableSet<Integer> values = new TreeSet<>();
    for (String part : text.split(",", -1)) {
      add(part, kind, values);
    }
    if (kind == Kind.WEEKDAY && values.remove(7)) {
      values.add(0);
    }
    return new CronField(text.startsWith("*"), values);
  }

  private static void add(String part, Kind kind, NavigableSet<Integer> values) {
    String[] range = part.split("/", 2);
    int step = range.length == 2 ? number(range[1], part, kind) : 1;
    int from;
    int to;
    if (range[0].equals("*")) {
      from = kind.least;
      to = kind == Kind.WEEKDAY ? 6 : kind.most;
    } else {
      String[] ends = range[0].split("-", 2);
      from = value(ends[0], kind);
      to = ends.length == 2 ? value(ends[1], kind) : range.length == 2 ? kind.most : from;
    }
    if (step < 1 || from > to) {
      throw new IllegalArgumentException(WRONG.formatted(part, kind.words));
    }
    for (int value = from; value <= to; value += step) {
      values.add(value);
    }
  }

  private static int value(String text, Kind kind) {
    int name = kind.named(text);
    int value = name >= 0 ? name + kind.least : number(text, text, kind);
    if (value < kind.least || value > kind.most) {
      throw new IllegalArgumentException(WRONG.formatted(text, kind.words));
    }
    return value;
  }

  private static int number(String text, String part, Kind kind) {
    if (!text.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException(WRONG.formatted(part, kind.words));
    }
    return Integer.parseInt(text);
  }
}
