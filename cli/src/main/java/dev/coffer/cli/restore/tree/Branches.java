package dev.coffer.cli.restore.tree;

/** The strokes that a tree is drawn with. */
public enum Branches {
  LINES("├─ ", "└─ ", "│  ", "…"),
  ASCII("|- ", "`- ", "|  ", "...");

  private final String fork;
  private final String last;
  private final String passing;
  private final String more;

  Branches(String fork, String last, String passing, String more) {
    this.fork = fork;
    this.last = last;
    this.passing = passing;
    this.more = more;
  }

  /** Lines where the terminal can show them. */
  public static Branches of(boolean unicode) {
    return unicode ? LINES : ASCII;
  }

  String to(boolean isLast) {
    return isLast ? last : fork;
  }

  String past(boolean isLast) {
    return isLast ? " ".repeat(passing.length()) : passing;
  }

  String more() {
    return more;
  }
}
