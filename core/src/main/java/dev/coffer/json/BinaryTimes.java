package dev.coffer.json;

import static dev.coffer.json.BinaryNumbers.digit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Dates and times of day from PostgreSQL's text in {@code DateStyle} ISO and the time zone UTC:
 * days or microseconds since the year 2000, in the Gregorian calendar of all times.
 */
final class BinaryTimes {
  private static final byte[] INFINITY = ascii("infinity");
  private static final byte[] MINUS_INFINITY = ascii("-infinity");
  private static final byte[] BEFORE_CHRIST = ascii(" BC");
  private static final byte[] UTC = ascii("+00");
  private static final byte[] MONTH_LENGTHS = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Later dates are none of PostgreSQL's; what lies between, the server looks at itself. */
  private static final int LAST_YEAR_OF_DATE = 5_874_897;

  private static final int LAST_YEAR_OF_TIMESTAMP = 294_276;
  private static final int LAST_YEAR_BEFORE_CHRIST = 4714;
  private static final int LEAST_YEAR_DIGITS = 4;
  private static final int MOST_YEAR_DIGITS = 7;
  private static final int MONTH_AND_DAY = "-01-01".length();
  private static final int TIME = "00:00:00".length();
  private static final int FRACTION_DIGITS = 6;
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private BinaryTimes() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static int date(byte[] bytes, int from, int to) throws RowFormatException {
    if (isInfinite(bytes, to)) {
      return isInfinity(bytes, from, to) ? Integer.MAX_VALUE : Integer.MIN_VALUE;
    }
    boolean christian = !endsWith(bytes, from, to, BEFORE_CHRIST);
    int end = christian ? to : to - BEFORE_CHRIST.length;
    return day(bytes, from, end, christian, LAST_YEAR_OF_DATE);
  }

  /**
   * @param zoned for {@code timestamptz}, whose text ends with the distance from UTC
   */
  static long timestamp(byte[] bytes, int from, int to, boolean zoned) throws RowFormatException {
    if (isInfinite(bytes, to)) {
      return isInfinity(bytes, from, to) ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    boolean christian = !endsWith(bytes, from, to, BEFORE_CHRIST);
    int end = christian ? to : to - BEFORE_CHRIST.length;
    if (zoned) {
      if (!endsWith(bytes, from, end, UTC)) {
        throw new RowFormatException(from, false);
      }
      end -= UTC.length;
    }
    int space = from;
    while (space < end && bytes[space] != ' ') {
      space++;
    }
    long time = time(bytes, space + 1, end);
    if (time >= DAY) {
      throw new RowFormatException(space, false);
    }
    return day(bytes, from, space, christian, LAST_YEAR_OF_TIMESTAMP) * DAY + time;
  }

  private static boolean isInfinite(byte[] bytes, int to) {
    return bytes[to - 1] == 'y';
  }

  private static boolean isInfinity(byte[] bytes, int from, int to) throws RowFormatException {
    boolean positive = Arrays.equals(bytes, from, to, INFINITY, 0, INFINITY.length);
    if (!positive && !Arrays.equals(bytes, from, to, MINUS_INFINITY, 0, MINUS_INFINITY.length)) {
      throw new RowFormatException(from, false);
    }
    return positive;
  }

  private static boolean endsWith(byte[] bytes, int from, int to, byte[] end) {
    return to - from > end.length
        && bytes[to - 1] == end[end.length - 1]
        && Arrays.equals(bytes, to - end.length, to, end, 0, end.length);
  }

  /** Days since the first of January 2000 of {@code 2024-02-29}; years have four digits or more. */
  private static int day(byte[] bytes, int from, int to, boolean christian, int lastYear)
      throws RowFormatException {
    int hyphen = to - MONTH_AND_DAY;
    int digits = hyphen - from;
    if (digits < LEAST_YEAR_DIGITS || digits > MOST_YEAR_DIGITS || bytes[hyphen] != '-') {
      throw new RowFormatException(from, false);
    }
    int year = 0;
    for (int p = from; p < hyphen; p++) {
      year = year * 10 + digit(bytes, p);
    }
    int month = two(bytes, hyphen + 1);
    int day = two(bytes, hyphen + 4);
    boolean sound =
        bytes[hyphen + 3] == '-'
            && year >= 1
            && year <= (christian ? lastYear : LAST_YEAR_BEFORE_CHRIST)
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= MONTH_LENGTHS[month];
    // The year before 1 is 1 before Christ, which is a leap year.
    int astronomical = christian ? year : 1 - year;
    if (!sound || (month == 2 && day == 29 && !isLeap(astronomical))) {
      throw new RowFormatException(from, false);
    }
    return days(astronomical, month, day);
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Years begin with March, so that the leap day is their last, and repeat after 400. */
  private static int days(int year, int month, int day) {
    int y = month > 2 ? year : year - 1;
    int era = Math.floorDiv(y, 400);
    int yearOfEra = y - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097 + dayOfEra - 730_425;
  }

  /** Microseconds since midnight of {@code 23:59:59.999999}; up to six digits after the point. */
  static long time(byte[] bytes, int from, int to) throws RowFormatException {
    int fraction = to - from - TIME - 1;
    boolean sound =
        (fraction == -1
                || (fraction > 0 && fraction <= FRACTION_DIGITS && bytes[from + TIME] == '.'))
            && bytes[from + 2] == ':'
            && bytes[from + 5] == ':';
    if (!sound) {
      throw new RowFormatException(from, false);
    }
    int hour = two(bytes, from);
    int minute = two(bytes, from + 3);
    int second = two(bytes, from + 6);
    int micros = 0;
    for (int i = 0; i < fraction; i++) {
      micros = micros * 10 + digit(bytes, from + TIME + 1 + i);
    }
    for (int i = Math.max(0, fraction); i < FRACTION_DIGITS; i++) {
      micros *= 10;
    }
    long time = ((hour * 60 + minute) * 60 + second) * SECOND + micros;
    if (minute > 59 || second > 59 || time > DAY) {
      throw new RowFormatException(from, false);
    }
    return time;
  }

  private static int two(byte[] bytes, int at) throws RowFormatException {
    return digit(bytes, at) * 10 + digit(bytes, at + 1);
  }
}
