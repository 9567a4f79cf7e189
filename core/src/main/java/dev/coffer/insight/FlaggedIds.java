package dev.coffer.insight;

import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Counts flagged rows and keeps the first ids, by code points, whatever the order of arrival. */
final class FlaggedIds {

  /** How many ids are kept. */
  static final int KEPT = 100;

  /** How many characters of an id are kept. */
  static final int LONGEST = 200;

  /** As PostgreSQL orders text in collation "C" of a UTF-8 database. */
  private static final Comparator<String> BY_CODE_POINTS =
      (left, right) -> {
        int length = Math.min(left.length(), right.length());
        for (int at = 0; at < length; at++) {
          char ours = left.charAt(at);
          char theirs = right.charAt(at);
          if (ours != theirs) {
            return Character.isSurrogate(ours) == Character.isSurrogate(theirs)
                ? Character.compare(ours, theirs)
                : Character.isSurrogate(ours) ? 1 : -1;
          }
        }
        return Integer.compare(left.length(), right.length());
      };

  private final TreeSet<String> first = new TreeSet<>(BY_CODE_POINTS);
  private long rows;

  void addRow() {
    rows++;
  }

  void addRow(String id) {
    rows++;
    keep(cut(id));
  }

  void merge(FlaggedIds other) {
    rows += other.rows;
    other.first.forEach(this::keep);
  }

  private void keep(String id) {
    first.add(id);
    if (first.size() > KEPT) {
      first.pollLast();
    }
  }

  long rows() {
    return rows;
  }

  List<String> ids() {
    return List.copyOf(first);
  }

  /** The first {@link #LONGEST} characters. */
  static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }
}
