package dev.coffer.server.restores;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The engine's notices without what only a command line could do, for people at a page. */
final class PlainNotices {
  private static final Pattern CUT_OFF =
      Pattern.compile("(\\d+) row\\(s\\) lost their link to the record when it was deleted: (.*)");
  private static final Pattern LEFT_ALONE =
      Pattern.compile(
          "(\\d+) row\\(s\\) are left alone, since something stands in the way: see the tree\\."
              + "( --take-over .*)?");
  private static final Pattern ROWS = Pattern.compile("\\b(\\d+) row\\(s\\)");

  private PlainNotices() {}

  /**
   * A notice in plain words.
   *
   * @param done whether what was planned has been done
   */
  static String of(String notice, boolean done) {
    String text = CUT_OFF.matcher(notice).replaceFirst(found -> cutOff(found, done));
    text = LEFT_ALONE.matcher(text).replaceFirst(PlainNotices::leftAlone);
    text = ROWS.matcher(text).replaceAll(found -> records(found.group(1)));
    return text.replace(
            " --table restores it all the same.",
            " Choose such a table by itself to restore it all the same.")
        .replace("row(s)", "records")
        .replace(": see the tree", "");
  }

  private static String cutOff(MatchResult found, boolean done) {
    boolean one = one(found.group(1));
    String what =
        records(found.group(1))
            + (one ? " was" : " were")
            + " cut off from this one when it was deleted, and ";
    if (!found.group(2).startsWith("--mode merge")) {
      return what + (one ? (done ? "was" : "is") : (done ? "were" : "are")) + " linked again.";
    }
    return what
        + (one ? "stays so" : "stay so")
        + ". Choose 'Bring back, and change back' to link "
        + (one ? "it" : "them")
        + " again.";
  }

  private static String leftAlone(MatchResult found) {
    return records(found.group(1))
        + (one(found.group(1)) ? " is" : " are")
        + " left alone, since something stands in the way.";
  }

  private static String records(String number) {
    return number + (one(number) ? " record" : " records");
  }

  private static boolean one(String number) {
    return number.equals("1");
  }
}
