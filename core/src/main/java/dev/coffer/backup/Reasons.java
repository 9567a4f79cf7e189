package dev.coffer.backup;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupKind;

/** What a reason may look like. */
public final class Reasons {
  /** Characters. */
  public static final int LONGEST = 500;

  private Reasons() {}

  /**
   * The reason without blanks around it.
   *
   * @throws CofferException {@code REASON_INVALID}
   */
  public static String check(BackupKind kind, String reason) {
    String stripped = reason.codePoints().allMatch(Reasons::blank) ? "" : reason.strip();
    if (stripped.isEmpty() && kind == BackupKind.COMPREHENSIVE) {
      throw invalid("a comprehensive backup needs a reason, and there is none");
    }
    if (stripped.codePointCount(0, stripped.length()) > LONGEST) {
      throw invalid("the reason is longer than " + LONGEST + " characters");
    }
    if (stripped.codePoints().anyMatch(Reasons::unprintable)) {
      throw invalid("the reason contains control characters");
    }
    return stripped;
  }

  /** Also spaces that do not break, and characters without a shape, which say nothing. */
  private static boolean blank(int codePoint) {
    return Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || Character.getType(codePoint) == Character.FORMAT;
  }

  private static boolean unprintable(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.UNASSIGNED
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || isDirection(codePoint);
  }

  /** Characters that make text read in another order than it is stored in. */
  private static boolean isDirection(int codePoint) {
    return (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }

  private static CofferException invalid(String fact) {
    return new CofferException(
        ErrorCode.REASON_INVALID, fact, "Say it in a line: --reason \"Before system update\"");
  }
}
