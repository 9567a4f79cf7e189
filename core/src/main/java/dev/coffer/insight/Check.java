package dev.coffer.insight;

import dev.coffer.model.Column;
import dev.coffer.model.RowView;
import dev.coffer.model.ValueKind;
import dev.coffer.profile.Rule;
import java.util.Locale;
import java.util.regex.Pattern;

/** One rule applied to one value: a cheap look at the bytes first, which settles nearly all. */
final class Check {

  private static final Pattern DATES =
      Pattern.compile("date|timestamp(\\(\\d\\))? with(out)? time zone");

  /** Types that hold no words. */
  private static final Pattern WORDLESS =
      Pattern.compile(
          "(bytea|uuid|inet|cidr|macaddr8?|date|time|timestamp|interval|bit|bit varying|money|point"
              + "|line|lseg|box|path|polygon|circle|tsvector|pg_lsn|xid8?|tid|cid)\\b.*"
              + "|.*(range)(\\[\\])?");

  private Check() {}

  /** Whether the rule has anything to say about values of the column's type. */
  static boolean suits(Rule rule, Column column) {
    String type = column.type().toLowerCase(Locale.ROOT);
    return switch (rule) {
      case DATE_OUT_OF_RANGE -> DATES.matcher(type).matches();
      case MOJIBAKE, REPLACEMENT_CHARACTER ->
          (column.kind() == ValueKind.TEXT || column.kind() == ValueKind.JSONB)
              && !WORDLESS.matcher(type).matches();
      case PLACEHOLDER_DOMAIN, PLACEHOLDER_TEXT -> column.kind() == ValueKind.TEXT;
      case REPEATED_DIGITS, SEQUENTIAL_DIGITS, IMPOSSIBLE_SORT_CODE ->
          column.kind() == ValueKind.TEXT || column.kind() == ValueKind.NUMBER;
      case ORPHAN -> false;
    };
  }

  /** Whether only values outside ASCII can break the rule. */
  static boolean needsNonAscii(Rule rule) {
    return rule == Rule.MOJIBAKE || rule == Rule.REPLACEMENT_CHARACTER;
  }

  /**
   * Whether the value, which is not null and stands between {@code start} and {@code end}, breaks
   * the rule.
   */
  static boolean flags(Rule rule, RowView row, int column, byte[] bytes, int start, int end) {
    return switch (rule) {
      case PLACEHOLDER_DOMAIN -> Placeholders.isDomain(bytes, start, end);
      case PLACEHOLDER_TEXT -> Placeholders.isText(bytes, start, end);
      case REPEATED_DIGITS -> Digits.repeated(bytes, start, end);
      case SEQUENTIAL_DIGITS -> Digits.sequential(bytes, start, end);
      case IMPOSSIBLE_SORT_CODE -> isImpossibleSortCode(bytes, start, end);
      case MOJIBAKE -> Mojibake.suspects(bytes, start, end) && Mojibake.isIn(row.text(column));
      case REPLACEMENT_CHARACTER -> hasReplacementCharacter(bytes, start, end);
      case DATE_OUT_OF_RANGE -> isDateOutOfRange(bytes, start, end);
      case ORPHAN -> false;
    };
  }

  private static boolean isImpossibleSortCode(byte[] bytes, int start, int end) {
    int length = end - start;
    boolean dashed = length == 8;
    if (!dashed && length != 6) {
      return true;
    }
    boolean zeros = true;
    boolean nines = true;
    for (int at = 0; at < length; at++) {
      byte current = bytes[start + at];
      if (dashed && (at == 2 || at == 5)) {
        if (current != '-') {
          return true;
        }
      } else {
        if (current < '0' || current > '9') {
          return true;
        }
        zeros &= current == '0';
        nines &= current == '9';
      }
    }
    return zeros || nines;
  }

  private static boolean hasReplacementCharacter(byte[] bytes, int start, int end) {
    for (int at = start; at + 2 < end; at++) {
      if (bytes[at] == (byte) 0xEF
          && bytes[at + 1] == (byte) 0xBF
          && bytes[at + 2] == (byte) 0xBD) {
        return true;
      }
    }
    return false;
  }

  /** Dates in DateStyle ISO: {@code 2026-01-25…}, {@code 0044-03-15 BC}, {@code infinity}. */
  private static boolean isDateOutOfRange(byte[] bytes, int start, int end) {
    if (end - start >= 10 && bytes[start + 4] == '-' && isRecentCentury(bytes, start)) {
      return bytes[end - 1] == 'C';
    }
    int year = 0;
    int at = start;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      year = Math.min(year * 10 + bytes[at] - '0', 1_000_000);
      at++;
    }
    boolean isDate = at > start && at < end && bytes[at] == '-';
    return isDate && (year < 1900 || year > 2200 || bytes[end - 1] == 'C');
  }

  /** Whether a year of four digits begins with 19, 20 or 21. */
  private static boolean isRecentCentury(byte[] bytes, int start) {
    return bytes[start] == '1'
        ? bytes[start + 1] == '9'
        : bytes[start] == '2' && (bytes[start + 1] == '0' || bytes[start + 1] == '1');
  }
}
